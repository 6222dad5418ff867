package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.data.ImageReadOptions;
import dev.millrace.data.ImageSet;
import dev.millrace.data.ImageSetReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The commands that take a model of images, all with the same one; and what they say where they cannot. */
class ImageCommandsTest {

    @TempDir
    static Path folder;

    private static Cli cli;

    @BeforeAll
    static void fit() throws IOException {
        cli = new Cli(folder);
        Images.write(folder.resolve("d-images-idx3-ubyte"), 0, 240);
        Images.write(folder.resolve("last5"), 1792, 1797);
        Images.writeLabels(folder.resolve("d-labels-idx1-ubyte"), 0, 240);
        Images.write(folder.resolve("bright"), new byte[] {1, 2, 3, 17}, 1, 2, 2);
        Images.write(folder.resolve("other"), new byte[18], 2, 3, 3);
        Tables.write(folder.resolve("data.csv"), 300, 1);
        cli.run("fit d-images-idx3-ubyte -o m.millrace --levels 17 --features 2 --blocks 1 --epochs 2".split(" "))
                .requireOk();
        cli.run("fit data.csv -o table.millrace --layers 2 --hidden 4 --epochs 1".split(" "))
                .requireOk();
    }

    private static Cli.Result run(String command) {
        return cli.run(command.split(" "));
    }

    private static ImageSet read(String name) throws IOException {
        return new ImageSetReader(ImageReadOptions.defaults()).read(folder.resolve(name));
    }

    @Test
    void scoresEachImageInNatsAndBitsAndEvaluatesTheirMean() throws IOException {
        run("score m.millrace d-images-idx3-ubyte -o scores.csv").requireOk();
        JsonNode json = run("evaluate m.millrace d-images-idx3-ubyte --json")
                .requireOk()
                .json();

        List<String> lines = Files.readAllLines(folder.resolve("scores.csv"));
        assertThat(lines.get(0)).isEqualTo("image,label,log_prob,bits_per_dim");
        assertThat(lines.get(3)).startsWith("2,2,");
        double sum = 0;
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",");
            double logProb = Double.parseDouble(cells[2]);
            sum += logProb;
            assertThat(Double.parseDouble(cells[3]))
                    .isCloseTo(Math.log(17) / Math.log(2) - logProb / (64 * Math.log(2)), within(1e-9));
        }
        assertThat(json.fieldNames())
                .toIterable()
                .containsExactly(
                        "images",
                        "bitsPerDim",
                        "bitsPerDimStandardError",
                        "meanLogProb",
                        "standardError",
                        "meanPixelLogProb");
        assertThat(json.get("images").asInt()).isEqualTo(240);
        assertThat(json.get("meanLogProb").asDouble()).isCloseTo(sum / 240, within(1e-9));
        assertThat(json.get("meanPixelLogProb").asDouble()).isCloseTo(sum / 240 - 64 * Math.log(17), within(1e-9));
    }

    /** log p(y) = log p(x) − Σ log dy/dx, with dy/dx = (1 − 2α) / (t·(1 − t)) and t = α + (1 − 2α)·x. */
    @Test
    void evaluatesInLogitSpace() throws IOException {
        JsonNode json = run("evaluate m.millrace last5 --json --logit-alpha 0.05")
                .requireOk()
                .json();

        ImageModel model = ImageModel.read(folder.resolve("m.millrace"));
        double mean = 0;
        double[] x = new double[64];
        for (int image = 0; image < 5; image++) {
            model.rows(read("last5")).read(image, -1, x, 0);
            mean += model.flow().logProb(x) / 5;
            for (double value : x) {
                double t = 0.05 + 0.9 * value;
                mean -= Math.log(0.9 / (t * (1 - t))) / 5;
            }
        }
        assertThat(json.get("meanLogitLogProb").asDouble()).isCloseTo(mean, within(1e-9));
    }

    @Test
    void aScoreDoesNotDependOnTheOtherImages() throws IOException {
        Images.write(folder.resolve("last"), 239, 240);

        Cli.Result all = run("score m.millrace d-images-idx3-ubyte --threads 2").requireOk();
        Cli.Result one = run("score m.millrace last").requireOk();

        String last = all.out().lines().toList().get(240);
        assertThat(one.out().lines().toList().get(1)).isEqualTo(last.replaceFirst("239,\\d,", "0,"));
    }

    @Test
    void drawsTheSameImagesInEveryForm() throws IOException {
        run("sample m.millrace -n 12 -o drawn.npy --seed 3").requireOk();
        run("sample m.millrace -n 12 -o drawn/ --seed 3 --threads 1").requireOk();
        run("sample m.millrace -n 12 -o drawn.png --seed 3 --columns 4").requireOk();

        ImageSet array = read("drawn.npy");
        assertThat(array.count()).isEqualTo(12);
        for (byte value : array.bytes()) {
            assertThat(value).isBetween((byte) 0, (byte) 16);
        }
        assertThat(read("drawn").bytes()).isEqualTo(array.bytes());
        ImageSet grid = read("drawn.png");
        assertThat(grid.size()).isEqualTo("26×35×1");
        // In a picture 16 is white.
        assertThat(Byte.toUnsignedInt(grid.bytes()[0])).isEqualTo(Math.round(array.bytes()[0] * 255f / 16));
        run("evaluate m.millrace drawn").requireOk();
    }

    @Test
    void imagesComeBackFromLatentSpace() throws IOException {
        JsonNode json = run("reconstruct m.millrace d-images-idx3-ubyte -n 100 -o back.npy --json")
                .requireOk()
                .json();

        assertThat(json.get("images").asInt()).isEqualTo(100);
        assertThat(json.get("maxError").asDouble()).isBetween(0.0, 1e-8);
        assertThat(json.get("changedPixels").asInt()).isZero();
        assertThat(read("back.npy").bytes()).isEqualTo(Images.pixels(0, 100));
    }

    @Test
    void theWayBetweenImagesBeginsAndEndsWithThem() throws IOException {
        run("interpolate m.millrace d-images-idx3-ubyte[5] d-images-idx3-ubyte[9] --steps 7 -o way.npy")
                .requireOk();

        ImageSet way = read("way.npy");
        assertThat(way.count()).isEqualTo(7);
        assertThat(way.image(0)).isEqualTo(Images.pixels(5, 6));
        assertThat(way.image(6)).isEqualTo(Images.pixels(9, 10));
        assertThat(way.image(3)).isNotEqualTo(way.image(0)).isNotEqualTo(way.image(6));
        run("interpolate m.millrace d-images-idx3-ubyte[5] d-images-idx3-ubyte[9] -o way.png")
                .requireOk();
        assertThat(read("way.png").size()).isEqualTo("8×89×1");
    }

    @Test
    void inspectTellsWhatTheImagesAre() {
        Cli.Result text = run("inspect m.millrace").requireOk();
        JsonNode json = run("inspect m.millrace --json").requireOk().json();

        assertThat(text.out())
                .contains("64 values an image", "8 × 8 × 1", "0 to 16", "Logit", "symmetric, alpha 0.05", "in bits/dim")
                .contains("ResidualConv of 8 × 8, 2 features", "[8, 8, 1] → [4, 4, 4]");
        assertThat(json.at("/encoding/kind").asText()).isEqualTo("images");
        assertThat(json.at("/encoding/levels").asInt()).isEqualTo(17);
    }

    @Test
    void reportsShowImages() throws IOException {
        run("report m.millrace d-images-idx3-ubyte -o seen.html").requireOk();
        run("report m.millrace last5 -o given.html").requireOk();

        assertThat(Files.readString(folder.resolve("seen.html")))
                .contains("held-out rows", "--features 2", "--levels 17")
                .doesNotContain("--flip");
        assertThat(Files.readString(folder.resolve("given.html"))).contains("given rows");
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                mistake(1, "score m.millrace data.csv -o new.csv", "data.csv: holds no images"),
                mistake(1, "score table.millrace d-images-idx3-ubyte", "holds images, not a table"),
                mistake(1, "evaluate m.millrace other", "other: its images are of 3×3×1, the model's of 8×8×1"),
                mistake(1, "evaluate m.millrace bright", "bright: image 0 (from 0) has the value 17", "0 to 16"),
                mistake(1, "evaluate m.millrace nowhere", "nowhere: there is no such file"),
                mistake(2, "evaluate m.millrace -", "not from standard input"),
                mistake(2, "score m.millrace d-images-idx3-ubyte --append", "--append does not apply to images"),
                mistake(2, "score m.millrace d-images-idx3-ubyte --missing drop", "--missing does not apply to images"),
                mistake(2, "evaluate m.millrace d-images-idx3-ubyte --header no", "--header does not apply to images"),
                mistake(2, "report m.millrace d-images-idx3-ubyte -o new.html --missing drop", "--missing does not"),
                mistake(1, "score m.millrace d-images-idx3-ubyte --array x", "is no .npz archive", "--array"),
                mistake(2, "evaluate table.millrace data.csv --logit-alpha 0.05", "--logit-alpha does not apply to"),
                mistake(2, "sample m.millrace -n 3", "give -o OUT.png"),
                mistake(2, "sample m.millrace -n 3 -o new.csv", "new.csv: its name does not say how to write images"),
                mistake(2, "sample m.millrace -n 3 -o new.npy --columns 3", "--columns goes with a .png file"),
                mistake(2, "sample table.millrace -n 3 --columns 3", "--columns does not apply to tables"),
                mistake(1, "sample m.millrace -n 3 -o .", "is not empty"),
                mistake(1, "reconstruct table.millrace d-images-idx3-ubyte", "is a model of a table, not of images"),
                mistake(
                        2,
                        "interpolate m.millrace d-images-idx3-ubyte last2 -o new.png",
                        "holds 240 images; choose one"),
                mistake(
                        1,
                        "interpolate m.millrace d-images-idx3-ubyte[240] d-images-idx3-ubyte[0] -o new.png",
                        "has no image 240"),
                mistake(1, "fit bright other -o new.st", "other: its images are of 3×3×1, those of bright of 2×2×1"),
                mistake(1, "fit d-images-idx3-ubyte --test other -o new.st", "other: its images are of 3×3×1"),
                mistake(1, "fit d-images-idx3-ubyte -o new.st --levels 10", "has the value 1", "0 to 9"),
                mistake(1, "fit d-labels-idx1-ubyte -o new.st", "is it the file of labels?"),
                mistake(2, "fit d-images-idx3-ubyte -o new.st --columns a", "--columns does not apply to images"),
                mistake(2, "fit d-images-idx3-ubyte -o new.st --layers 3", "--layers does not go with --preset"),
                mistake(2, "fit d-images-idx3-ubyte -o new.st --preset spline", "spline is for tables"),
                mistake(2, "fit d-images-idx3-ubyte -o new.st --preset nic", "expected one of realnvp, spline, nice"),
                mistake(1, "fit d-images-idx3-ubyte -o new.st --scales 4", "have fewer scales than 4"),
                mistake(1, "report m.millrace data.csv -o new.html", "data.csv: holds no images"),
                mistake(1, "plot density m.millrace -o new.png", "is a model of images, not of a table"),
                mistake(2, "fit data.csv -o new.st --flip", "--flip does not apply to tables"),
                mistake(2, "fit data.csv -o new.st --features 3", "--features does not go with tables"),
                mistake(2, "fit data.csv -o new.st --preset realnvp-small", "is for images"));
    }

    private static Arguments mistake(int exitCode, String command, String... messages) {
        return arguments(exitCode, command, List.of(messages));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void areToldInALine(int exitCode, String command, List<String> messages) throws IOException {
        List<String> before = cli.files();

        Cli.Result result = run(command);

        assertThat(result.err()).contains("error: ").contains(messages).doesNotContain("\tat ", "Exception");
        assertThat(result.exitCode()).isEqualTo(exitCode);
        assertThat(result.out()).isEmpty();
        assertThat(cli.files()).isEqualTo(before);
    }
}
