package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is wrong, the message says where and what, the exit code whose fault it is, and nothing is left behind. */
class ErrorsTest {

    @TempDir
    static Path folder;

    private static Cli cli;

    @BeforeAll
    static void prepare() throws IOException {
        cli = new Cli(folder);
        Tables.write(folder.resolve("data.csv"), 300, 1);
        Files.writeString(folder.resolve("text.csv"), "a,b\n1,2\n3,green\n");
        Files.writeString(folder.resolve("ragged.csv"), "a,b\n1,2\n3,4,5\n");
        Files.writeString(folder.resolve("nan.csv"), "a,b\n1,2\nNaN,4\n");
        Files.writeString(folder.resolve("far.csv"), "a,b,c\n0,0,1\n0,1e300,1\n");
        cli.run("fit", "data.csv", "-o", "m.safetensors", "--layers", "2", "--hidden", "8", "--epochs", "2")
                .requireOk();
        byte[] model = Files.readAllBytes(folder.resolve("m.safetensors"));
        Files.write(folder.resolve("cut.safetensors"), Arrays.copyOf(model, model.length - 10));
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                mistake(1, "fit nowhere.csv -o new.st", "nowhere.csv: there is no such file"),
                mistake(1, "fit text.csv -o new.st", "text.csv: line 3, column 'b': found 'green'", "--exclude b"),
                mistake(1, "fit ragged.csv -o new.st", "ragged.csv: line 3: expected 2 cells, found 3"),
                mistake(1, "fit nan.csv -o new.st", "nan.csv: line 3, column 'a'", "--missing drop"),
                mistake(1, "fit data.csv -o new.st --columns a,d", "data.csv: there is no column 'd'"),
                mistake(1, "fit data.csv -o none/new.st", "there is no folder", "create it first"),
                mistake(1, "fit data.csv -o new.st --resume m.safetensors", "millrace-checkpoint/1"),
                mistake(2, "fit data.csv -o data.csv", "data.csv: is an input"),
                mistake(2, "fit data.csv -o new.st --epochs 0", "--epochs must be at least 1, not 0"),
                mistake(2, "fit data.csv -o new.st --max-time soon", "--max-time", "such as 90s"),
                mistake(2, "fit data.csv", "--output=MODEL", "Try 'millrace fit --help'"),
                mistake(1, "score m.safetensors far.csv -o new.csv", "far.csv: line 3: ", "no finite log-density"),
                mistake(1, "score cut.safetensors data.csv -o new.csv", "cut.safetensors: "),
                mistake(1, "evaluate m.safetensors nan.csv", "nan.csv: there is no column 'c'"),
                mistake(2, "score m.safetensors data.csv -o data.csv", "data.csv: is an input"),
                mistake(2, "sample m.safetensors -n 5 -o new.txt", "new.txt: its name does not say"),
                mistake(2, "sample m.safetensors -n 0", "-n must be at least 1"),
                mistake(2, "fit two-moons:many", "two-moons:many: built-in data is NAME, NAME:ROWS or NAME:ROWS:SEED"),
                mistake(2, "fit two-moons:0:1", "with 1 to 10,000,000 rows"),
                mistake(2, "fit two-moons --live --live-port 70000", "--live-port must be from 0 to 65535"),
                mistake(2, "fit two-moons --live-port 8080", "--live-port says where --live listens"),
                mistake(1, "fit data.csv -o new.st --array x", "data.csv: is no .npz archive", "leave --array out"),
                mistake(1, "score m.safetensors data.csv --array x", "data.csv: is no .npz archive"),
                mistake(1, "fit two-moons --report none/report.html", "there is no folder", "create it first"),
                mistake(2, "report m.safetensors data.csv -o data.csv", "data.csv: is an input"),
                mistake(2, "fit data.csv -o new.st --checkpoint ./new.st", "the checkpoint and the model cannot be"),
                mistake(2, "fit data.csv -o new.st --report ./new.st", "the report and the model cannot be the same"),
                mistake(
                        2,
                        "fit data.csv -o new.st --resume m.safetensors --checkpoint c --report m.safetensors",
                        "m.safetensors: is an input"),
                mistake(2, "fit data.csv -o a --checkpoint c --report c", "the report and the checkpoint cannot be"),
                mistake(1, "report m.safetensors nan.csv -o new.html", "nan.csv: there is no column 'c'"),
                mistake(1, "report m.safetensors far.csv -o new.html", "far from anything the flow was trained on"),
                mistake(2, "plot samples m.safetensors -o new.png", "plot samples needs DATA beside the model"),
                mistake(2, "plot samples m.safetensors data.csv -o new.png --columns a", "two columns to show, not 1"),
                mistake(2, "plot samples m.safetensors data.csv -o new.png --frames 4", "--frames does not apply to"),
                mistake(2, "plot histogram m.safetensors -o new.png", "KIND", "[DENSITY, SAMPLES, HISTORY, TRANSPORT]"),
                mistake(2, "plot history m.safetensors -o new.gif", "let it end in .png or .svg"),
                mistake(2, "plot history m.safetensors data.csv -o new.png", "DATA does not apply to plot history"),
                mistake(2, "plot history m.safetensors -o new.png --columns a,b", "--columns does not apply to"),
                mistake(2, "plot transport m.safetensors -o new.png --frames 1", "--frames must be at least 2, not 1"),
                mistake(2, "plot density m.safetensors data.csv -o new.png", "that of data.csv is not known"),
                mistake(1, "plot density m.safetensors -o new.png", "the model has 3 columns", "plot samples"),
                mistake(1, "plot samples m.safetensors data.csv -o new.png --columns a,q", "no column q"));
    }

    private static Arguments mistake(int exitCode, String command, String... messages) {
        return arguments(exitCode, command, List.of(messages));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void areToldInALine(int exitCode, String command, List<String> messages) throws IOException {
        List<String> before = cli.files();

        Cli.Result result = cli.run(command.split(" "));

        assertThat(result.exitCode()).isEqualTo(exitCode);
        assertThat(result.err()).contains("error: ").contains(messages).doesNotContain("\tat ", "Exception");
        assertThat(result.out()).isEmpty();
        assertThat(cli.files()).isEqualTo(before);
    }

    /** The device that is always full. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void resultsThatCannotBeWrittenAreAFailure() throws Exception {
        for (String command :
                List.of("inspect m.safetensors", "evaluate m.safetensors data.csv --json", "fit --help")) {
            Process process = cli.start(ProcessBuilder.Redirect.to(new File("/dev/full")), command.split(" "));
            String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(command).isEqualTo(ExitCode.FAILURE);
            assertThat(err).contains("error: standard output: ").doesNotContain("\tat ");
        }
    }

    @Test
    void verboseTellsWhereTheyComeFrom() {
        Cli.Result result = cli.run("fit", "text.csv", "-o", "new.st", "--verbose");

        assertThat(result.exitCode()).isEqualTo(ExitCode.FAILURE);
        assertThat(result.err()).contains("error: text.csv: line 3", "\tat dev.millrace.");
    }

    @Test
    void helpAndVersionAreNoErrors() {
        Cli.Result help = cli.run("fit", "--help").requireOk();
        Cli.Result version = cli.run("--version").requireOk();

        assertThat(help.out()).contains("Examples:", "--resume");
        assertThat(version.out()).matches("millrace \\d+\\.\\d+\\.\\d+.*\\R");
        assertThat(help.err() + version.err()).isEmpty();
    }
}
