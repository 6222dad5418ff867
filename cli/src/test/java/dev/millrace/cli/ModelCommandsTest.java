package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.data.ReadOptions;
import dev.millrace.data.Table;
import dev.millrace.data.TableReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that take a model, all with the same one. */
class ModelCommandsTest {

    @TempDir
    static Path folder;

    private static Cli cli;

    @BeforeAll
    static void fit() throws IOException {
        cli = new Cli(folder);
        Tables.write(folder.resolve("data.csv"), 400, 1);
        cli.run("fit", "data.csv", "-o", "m.safetensors", "--layers", "2", "--hidden", "8", "--epochs", "3")
                .requireOk();
    }

    @Test
    void scoresAFileIntoAFile() throws IOException {
        JsonNode json = cli.run("score", "m.safetensors", "data.csv", "-o", "scores.npy", "--json")
                .requireOk()
                .json();

        assertThat(json.fieldNames())
                .toIterable()
                .containsExactly("rows", "droppedRows", "meanLogProb", "standardError", "output");
        Table scores = read("scores.npy");
        assertThat(scores.rows()).isEqualTo(400);
        double sum = 0;
        for (double score : scores.values()) {
            sum += score;
        }
        assertThat(json.get("meanLogProb").asDouble()).isCloseTo(sum / 400, within(1e-12));
    }

    @Test
    void scoresStandardInputToStandardOutputKeepingTheCellsAsTheyWere() {
        String input = "id,c,b,a\nx1,2,0.50,-0.10\n\"x,2\",,1,1\nx3,0,1.5e0, 1 \n";

        Cli.Result result = cli.runWith(input, "score", "m.safetensors", "-", "--append", "--missing", "drop");

        List<String> lines = result.requireOk().out().lines().toList();
        assertThat(lines.get(0)).isEqualTo("id,c,b,a,log_prob");
        assertThat(lines.get(1)).matches("x1,2,0\\.50,-0\\.10,-?\\d+\\.\\d+(E-?\\d+)?");
        assertThat(lines.get(2)).isEqualTo("\"x,2\",,1,1,");
        assertThat(lines.get(3)).startsWith("x3,0,1.5e0,");
        assertThat(lines).hasSize(4);
    }

    @Test
    void scoresAsJsonInThePlaceOfEachRow() {
        JsonNode json = cli.runWith(
                        "a,b,c\n0,0,1\n,1,1\n1,1,2\n", "score", "m.safetensors", "-", "--missing", "drop", "--json")
                .requireOk()
                .json();

        assertThat(json.get("rows").asInt()).isEqualTo(2);
        assertThat(json.get("droppedRows").asInt()).isEqualTo(1);
        assertThat(json.get("logProb")).hasSize(3);
        assertThat(json.get("logProb").get(1).isNull()).isTrue();
    }

    @Test
    void drawsTheSameRowsInAnyFormatAndNumber() throws IOException {
        cli.run("sample", "m.safetensors", "-n", "9000", "--seed", "5", "-o", "drawn.npy", "--threads", "2")
                .requireOk();
        Cli.Result few =
                cli.run("sample", "m.safetensors", "-n", "20", "--seed", "5").requireOk();
        Files.writeString(folder.resolve("few.csv"), few.out());

        Table many = read("drawn.npy");
        assertThat(many.rows()).isEqualTo(9000);
        Table first = read("few.csv");
        assertThat(first.columns()).containsExactly("a", "b", "c");
        assertThat(first.rows()).isEqualTo(20);
        assertThat(many.values()).startsWith(first.values());
        for (int row = 0; row < many.rows(); row++) {
            assertThat(many.get(row, 2)).isIn(0.0, 1.0, 2.0, 3.0);
        }
        assertThat(few.out().lines().skip(1)).allMatch(line -> line.matches(".*,[0-3]"));
    }

    @Test
    void evaluatesBesideTheGaussian() {
        JsonNode json = cli.run("evaluate", "m.safetensors", "data.csv", "--json")
                .requireOk()
                .json();

        assertThat(json.fieldNames())
                .toIterable()
                .containsExactly("rows", "meanLogProb", "standardError", "bitsPerDim", "gaussianMeanLogProb");
        assertThat(json.get("rows").asInt()).isEqualTo(400);
        assertThat(json.get("bitsPerDim").asDouble())
                .isCloseTo(-json.get("meanLogProb").asDouble() / (3 * Math.log(2)), within(1e-12));
        assertThat(json.get("gaussianMeanLogProb").isNumber()).isTrue();
    }

    @Test
    void inspectsForPeopleAndAsJson() {
        Cli.Result text = cli.run("inspect", "m.safetensors").requireOk();
        JsonNode json =
                cli.run("inspect", "m.safetensors", "--json").requireOk().json();

        assertThat(text.out())
                .contains("Coupling", "4 values from 0.0 to 3.0", "data.fingerprint", "Training: 3 epochs", "best");
        assertThat(text.err()).isEmpty();
        assertThat(json.fieldNames())
                .toIterable()
                .containsExactly(
                        "file",
                        "format",
                        "sha256",
                        "columns",
                        "parameters",
                        "layers",
                        "architecture",
                        "encoding",
                        "provenance",
                        "history");
        assertThat(json.get("history")).hasSize(3);
        assertThat(json.at("/provenance/gaussian/covariance")).hasSize(3);
        assertThat(json.at("/provenance/flow/hidden/0").asInt()).isEqualTo(8);
    }

    private static Table read(String name) throws IOException {
        return new TableReader(ReadOptions.defaults())
                .read(folder.resolve(name))
                .table();
    }
}
