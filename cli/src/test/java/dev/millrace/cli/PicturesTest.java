package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.millrace.data.DataSource;
import dev.millrace.data.ReadOptions;
import dev.millrace.data.TableReader;
import dev.millrace.data.Toy;
import dev.millrace.model.Model;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Built-in data, reports, plots and the live page, through the command line. */
class PicturesTest {

    private static final String[] FIT = {
        "fit", "circles:1000:3", "--layers", "2", "--hidden", "8", "--epochs", "3", "--report", "fit.html"
    };

    private static final String ENDED = "\"ended\":true";

    @TempDir
    static Path folder;

    private static Cli cli;
    private static Cli.Result fit;

    @BeforeAll
    static void fit() {
        cli = new Cli(folder);
        fit = cli.run(FIT).requireOk();
    }

    @Test
    void builtInDataNeedsNoFileAndNoName() throws Exception {
        assertThat(fit.err()).contains("Read 1,000 rows of 2 columns from circles");
        assertThat(folder.resolve("circles.millrace")).isNotEmptyFile();
        // The rows that the program reads are the toy's, to the bit.
        DataSource source = InputFile.source("circles:50:3");
        assertThat(new TableReader(ReadOptions.defaults()).read(source).table().values())
                .isEqualTo(Toy.CIRCLES.sample(50, 3).values());
    }

    @Test
    void aFileOfThatNameComesFirst() throws Exception {
        Path file = Files.writeString(folder.resolve("rings"), "a,b\n1,2\n");
        assertThat(BuiltInData.of("rings")).isPresent();
        assertThat(BuiltInData.of(file.toString())).isEmpty();
    }

    @Test
    void theReportOfAFitIsThatOfTheModelAndItsData() throws Exception {
        cli.run("report", "circles.millrace", "circles:1000:3", "-o", "later.html")
                .requireOk();

        String during = Files.readString(folder.resolve("fit.html"));
        String later = Files.readString(folder.resolve("later.html"));
        // The same rows in the same roles; only the command is told in another way.
        assertThat(withoutCommand(later)).isEqualTo(withoutCommand(during));
        assertThat(during)
                .contains(
                        "{\"command\":\"millrace fit circles:1000:3 --layers 2 --hidden 8 --epochs 3 --report fit.html\",\"exact\":true}");
        assertThat(later).contains("millrace fit circles:1000:3 -o circles.millrace --seed 1");
    }

    private static String withoutCommand(String html) {
        return html.replaceAll("\"command\":\"[^\"]*\"", "");
    }

    /** The command that a report tells makes the same model, byte for byte. */
    @Test
    void theCommandOfAReportMakesTheModelAgain() throws Exception {
        String command = FitCommandLine.of(
                        Model.read(folder.resolve("circles.millrace")).provenance(),
                        List.of("circles:1000:3"),
                        Path.of("again.millrace"))
                .orElseThrow()
                .command();
        String[] arguments = command.substring("millrace ".length()).split(" ");
        cli.run(arguments).requireOk();

        assertThat(folder.resolve("again.millrace")).hasSameBinaryContentAs(folder.resolve("circles.millrace"));
    }

    @Test
    void otherRowsAreJudgedAsGiven() throws Exception {
        cli.run("report", "circles.millrace", "circles:200:9", "-o", "other.html")
                .requireOk();

        assertThat(Files.readString(folder.resolve("other.html")))
                .contains("\"of\":\"given rows\",\"rows\":200")
                .contains("\"reproduction\":null")
                .doesNotContain("\"name\":\"training rows\"");
    }

    @Test
    void plotsAreWritten() {
        cli.run("plot", "density", "circles.millrace", "circles", "-o", "density.png")
                .requireOk();
        cli.run("plot", "transport", "circles.millrace", "--frames", "3", "-o", "transport.svg")
                .requireOk();

        assertThat(folder.resolve("density.png")).isNotEmptyFile();
        assertThat(folder.resolve("transport.svg")).content().contains("<svg");
    }

    /** The page is there while the training runs, and its last picture is fetched before the program ends. */
    @Test
    void aTrainingCanBeWatched() throws Exception {
        Process process = cli.start(
                "fit",
                "spirals:400",
                "-o",
                "live.millrace",
                "--layers",
                "2",
                "--hidden",
                "8",
                "--epochs",
                "200",
                "--patience",
                "200",
                "--live");
        String body = "";
        try (BufferedReader err =
                new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
            String line = err.readLine();
            while (!line.startsWith("Watch it learn at ")) {
                line = err.readLine();
            }
            URI address = URI.create(line.substring("Watch it learn at ".length()));
            HttpClient client = HttpClient.newHttpClient();
            HttpRequest news =
                    HttpRequest.newBuilder(address.resolve("data.json?after=0")).build();
            try {
                while (!body.contains(ENDED)) {
                    body = client.send(news, BodyHandlers.ofString()).body();
                }
            } catch (IOException e) {
                // The program does not wait for a page that asks too seldom, as one does where all is slow.
            }
            while (err.readLine() != null) {
                // So that the program does not wait for a reader.
            }
            assertThat(process.waitFor()).isZero();
        } finally {
            process.destroyForcibly();
        }
        assertThat(folder.resolve("live.millrace")).isNotEmptyFile();
        assumeTrue(body.contains(ENDED), "the program ended before it was asked for its last picture");
        assertThat(body).contains("\"title\":\"spirals:400\"", "\"status\":\"Training has ended\"");
    }

    @Test
    void shellTextIsQuotedWhereItMustBe() {
        assertThat(ShellText.of(List.of("millrace", "fit", "my data.csv", "it's", "a,b=1", "")))
                .isEqualTo("millrace fit 'my data.csv' 'it'\\''s' a,b=1 ''");
    }
}
