package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.data.ReadOptions;
import dev.millrace.data.TableReader;
import dev.millrace.data.TableWriter;
import dev.millrace.data.WriteOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables larger than the memory they may take, as a user meets them. */
class LargeTableTest {

    /** They take 26.6 MB: more than a fourth of the small heap, less than one of the large. */
    private static final int ROWS = 52_000;

    private static final int COLUMNS = 64;
    private static final String SMALL_HEAP = "96m";
    private static final String LARGE_HEAP = "256m";

    @TempDir
    static Path data;

    @TempDir
    Path folder;

    @BeforeAll
    static void write() throws IOException {
        Path text = data.resolve("data.csv");
        Random random = new Random(1);
        StringBuilder cells = new StringBuilder();
        for (int row = 0; row < ROWS; row++) {
            cells.append(random.nextInt(4));
            for (int column = 1; column < COLUMNS; column++) {
                cells.append(',').append(random.nextInt(100_000));
            }
            cells.append('\n');
        }
        Files.writeString(text, cells);
        TableWriter.write(
                data.resolve("data.npy"),
                new TableReader(ReadOptions.defaults()).read(text).table(),
                WriteOptions.defaults());
    }

    private Cli cli(String heap) {
        return new Cli(
                folder, List.of("--add-modules", "jdk.incubator.vector", "-Xmx" + heap, "-Djava.io.tmpdir=" + folder));
    }

    private static String[] fit(String location, String model, String... more) {
        List<String> line = new ArrayList<>(List.of("fit", location, "-o", model));
        line.addAll(List.of("--preset", "nice", "--layers", "2", "--hidden", "512", "--batch", "512"));
        line.addAll(List.of(more));
        return line.toArray(String[]::new);
    }

    @ParameterizedTest
    @ValueSource(strings = {"data.csv", "data.npy"})
    void theModelIsTheSameToTheByteWhereverTheRowsAre(String name) throws IOException {
        String file = data.resolve(name).toString();
        Cli.Result inMemory = cli(LARGE_HEAP)
                .run(fit(file, "memory.millrace", "--epochs", "2"))
                .requireOk();
        assertThat(inMemory.err()).doesNotContain("Its rows are");

        Cli.Result onDisk =
                cli(SMALL_HEAP).run(fit(file, "disk.millrace", "--epochs", "2")).requireOk();
        String place = name.endsWith("csv") ? "written to " + file + ".millrace-rows, and " : "";
        assertThat(onDisk.err()).contains("Its rows are " + place + "read from there as they are needed");
        assertThat(folder.resolve("disk.millrace")).hasSameBinaryContentAs(folder.resolve("memory.millrace"));
        assertThat(onDisk.out().replace("disk", "memory")).isEqualTo(inMemory.out());
    }

    @Test
    void picturesOfALargeTableComeFromItsCopy() throws IOException {
        String file =
                Files.copy(data.resolve("data.csv"), folder.resolve("data.csv")).toString();
        cli(SMALL_HEAP).run(fit(file, "m.millrace", "--epochs", "1")).requireOk();
        Cli.Result plot = cli(SMALL_HEAP)
                .run("plot", "samples", "m.millrace", file, "--columns", "x2,x3", "-o", "s.svg")
                .requireOk();
        assertThat(plot.err()).contains("The rows of DATA are ");
        assertThat(cli(SMALL_HEAP)
                        .run("evaluate", "m.millrace", file)
                        .requireOk()
                        .out())
                .contains("mean of 52,000 rows");
    }

    @Test
    void whatComesThroughAPipeLeavesNothingBehind() throws IOException {
        String text = Files.readString(data.resolve("data.csv"));
        Cli.Result result = cli(SMALL_HEAP)
                .runWith(text, fit("-", "m.millrace", "--epochs", "1"))
                .requireOk();
        assertThat(result.err()).contains("Its rows are written to a temporary file in " + folder + ", and read");
        assertThat(cli(SMALL_HEAP).files()).containsExactly("m.millrace");
    }

    @Test
    void anInterruptedCopyLeavesNothingBehind() throws Exception {
        Process process = cli(SMALL_HEAP).start(fit("-", "m.millrace"));
        OutputStream input = process.getOutputStream();
        input.write(Files.readAllBytes(data.resolve("data.csv")));
        input.flush();
        // Nearly all has been read by now, and the end will not come.
        while (process.isAlive() && !hasBegunToCopy()) {
            Thread.onSpinWait();
        }
        process.destroy();
        process.waitFor();
        assertThat(cli(SMALL_HEAP).files()).isEmpty();
    }

    private boolean hasBegunToCopy() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.map(Path::toFile).anyMatch(file -> file.isFile() && file.length() > 0);
        }
    }

    @Test
    void aFileThatIsCutShortWhileItIsReadIsAnError() throws Exception {
        Path file = Files.copy(data.resolve("data.npy"), folder.resolve("data.npy"));
        Process process = cli(SMALL_HEAP).start(fit("data.npy", "m.millrace", "--patience", "100000"));
        try (BufferedReader err = process.errorReader()) {
            String line = err.readLine();
            while (line != null && !line.startsWith("epoch 1:")) {
                line = err.readLine();
            }
            assertThat(line).isNotNull();
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(100_000);
            }
            List<String> rest = err.lines().toList();
            assertThat(process.waitFor()).isEqualTo(ExitCode.FAILURE);
            assertThat(rest.get(rest.size() - 1)).startsWith("error: a file of data cannot be read any more");
            assertThat(rest).noneMatch(text -> text.contains("\tat "));
        }
    }
}
