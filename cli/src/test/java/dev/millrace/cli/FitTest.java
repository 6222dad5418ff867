package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.model.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FitTest {

    private static final String[] SMALL = {"--layers", "2", "--hidden", "8", "--epochs", "3"};

    @TempDir
    Path folder;

    private Cli cli;

    @BeforeEach
    void setUp() throws IOException {
        cli = new Cli(folder);
        Tables.write(folder.resolve("data.csv"), 400, 1);
    }

    @Test
    void reportsAsOneJsonObjectOnStandardOutputAndEverythingElseOnStandardError() {
        Cli.Result result = fit("data.csv", "-o", "m.safetensors", "--json").requireOk();

        JsonNode json = result.json();
        assertThat(json.fieldNames())
                .toIterable()
                .containsExactly(
                        "model",
                        "sha256",
                        "parameters",
                        "columns",
                        "trainRows",
                        "validationRows",
                        "testRows",
                        "epochs",
                        "bestEpoch",
                        "stopReason",
                        "trainLogProb",
                        "validationLogProb",
                        "heldOutRows",
                        "heldOut");
        assertThat(json.get("heldOutRows").asText()).isEqualTo("test");
        assertThat(json.get("heldOut").fieldNames())
                .toIterable()
                .containsExactly("rows", "meanLogProb", "standardError", "bitsPerDim", "gaussianMeanLogProb");
        assertThat(json.get("trainRows").asInt()
                        + json.get("validationRows").asInt()
                        + json.get("testRows").asInt())
                .isEqualTo(400);
        assertThat(result.err())
                .contains("Read 400 rows of 3 columns from data.csv")
                .contains("column 'c' takes 4 distinct values; dequantised uniformly with step 1")
                .contains("epoch 1: training ")
                .contains("epoch 3: training ");
    }

    @Test
    void givesTheSameBytesWithOneThreadAndWithTwo() throws IOException {
        fit("data.csv", "-o", "one.safetensors", "--seed", "7", "--threads", "1")
                .requireOk();
        Cli.Result two = fit("data.csv", "-o", "two.safetensors", "--seed", "7", "--threads", "2")
                .requireOk();

        assertThat(folder.resolve("two.safetensors")).hasSameBinaryContentAs(folder.resolve("one.safetensors"));
        assertThat(two.out()).contains("On held-out rows:", "Gaussian", "difference");
        assertThat(cli.files()).containsExactly("data.csv", "one.safetensors", "two.safetensors");
    }

    @Test
    void putsFilesTogetherAndLeavesColumnsOut() throws IOException {
        Files.write(folder.resolve("first.csv"), prepended(Tables.rows(150, 1)));
        Files.write(folder.resolve("second.csv"), prepended(Tables.rows(100, 2)));

        JsonNode json = fit("first.csv", "second.csv", "-o", "m.safetensors", "--exclude", "c", "--json")
                .requireOk()
                .json();

        assertThat(json.get("columns").asInt()).isEqualTo(2);
        Model model = Model.read(folder.resolve("m.safetensors"));
        assertThat(TableModel.of(model).encoding().names()).containsExactly("a", "b");
        assertThat(model.provenance().toString()).contains("rows=250").doesNotContain(folder.toString());
    }

    @Test
    void takesFewRowsFromStandardInputWithoutATestSplit() {
        String rows = String.join("\n", prepended(Tables.rows(60, 3)));

        Cli.Result result =
                cli.runWith(rows, options("-", "-o", "m.safetensors", "--json")).requireOk();

        assertThat(result.err()).contains("Fewer than 200 rows", "from standard input");
        assertThat(result.json().get("testRows").asInt()).isZero();
        assertThat(result.json().get("heldOutRows").asText()).isEqualTo("validation");
    }

    @Test
    void testsOnAFileOfItsOwn() throws IOException {
        Tables.write(folder.resolve("test.csv"), 50, 4);

        JsonNode json = fit("data.csv", "--test", "test.csv", "-o", "m.safetensors", "--preset", "nice", "--json")
                .requireOk()
                .json();

        assertThat(json.get("trainRows").asInt()).isEqualTo(360);
        assertThat(json.get("testRows").asInt()).isEqualTo(50);
        assertThat(json.get("heldOut").get("rows").asInt()).isEqualTo(50);
    }

    private Cli.Result fit(String... args) {
        return cli.run(options(args));
    }

    private static String[] options(String... args) {
        List<String> all = new ArrayList<>(List.of("fit"));
        all.addAll(List.of(args));
        all.addAll(List.of(SMALL));
        return all.toArray(String[]::new);
    }

    private static List<String> prepended(List<String> rows) {
        List<String> lines = new ArrayList<>(List.of(Tables.HEADER));
        lines.addAll(rows);
        return lines;
    }
}
