package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.model.Model;
import dev.millrace.train.ImageEncoding;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFitTest {

    private static final String[] SMALL = {"--levels", "17", "--features", "2", "--blocks", "1", "--epochs", "3"};

    @TempDir
    Path folder;

    private Cli cli;

    @BeforeEach
    void setUp() throws IOException {
        cli = new Cli(folder);
        Images.write(folder.resolve("digits-images-idx3-ubyte"), 0, 240);
    }

    /**
     * What this flow must be better than knows how often each pixel takes each of its values, and nothing of how pixels
     * go together; a model that knows nothing has log₂ 17 = 4.09 bits.
     */
    @Test
    void digitsAreLearnedBeyondWhatPixelsSayAlone() throws IOException {
        Images.write(folder.resolve("train"), 0, 1437);
        Images.write(folder.resolve("test"), 1437, 1797);
        double baseline = independentBits(Images.pixels(0, 1437), Images.pixels(1437, 1797));
        assertThat(baseline).isBetween(2.3, 2.5);

        JsonNode json = Cli.vectorised(folder)
                .run(("fit train --test test -o digits.millrace --levels 17 --features 8 --blocks 1 --epochs 10"
                                + " --learning-rate 0.01 --json")
                        .split(" "))
                .requireOk()
                .json();

        assertThat(json.at("/heldOut/images").asInt()).isEqualTo(360);
        assertThat(json.at("/heldOut/bitsPerDim").asDouble()).isBetween(1.5, baseline);
    }

    /** Bits per pixel of test images under the frequencies of training images, each value counted once more. */
    private static double independentBits(byte[] train, byte[] test) {
        int[][] counts = new int[Images.ENTRIES][Images.LEVELS];
        for (int i = 0; i < train.length; i++) {
            counts[i % Images.ENTRIES][train[i]]++;
        }
        int images = train.length / Images.ENTRIES;
        double bits = 0;
        for (int i = 0; i < test.length; i++) {
            double frequency = (counts[i % Images.ENTRIES][test[i]] + 1.0) / (images + Images.LEVELS);
            bits -= Math.log(frequency) / Math.log(2);
        }
        return bits / test.length;
    }

    @Test
    void tellsOfImagesInBitsPerDimension() throws IOException {
        Cli.Result result = fit("-o", "m.millrace").requireOk();

        assertThat(result.err())
                .contains("Read 240 images of 8×8×1 from digits-images-idx3-ubyte")
                .contains("Training on 192 images, validating on 24, testing on 24")
                .containsPattern(
                        "epoch 1: training \\d+\\.\\d{4}, validation \\d+\\.\\d{4} bits/dim, [\\d,]+ images/s");
        assertThat(result.out()).contains("On held-out images:", "bits/dim", "mean of 24 images", "of pixels 0 to 16");
        Model model = Model.read(folder.resolve("m.millrace"));
        ImageEncoding encoding = ((ImageModel) ScoringModel.of(model)).encoding();
        assertThat(encoding.shape().lengths()).containsExactly(8, 8, 1);
        assertThat(encoding.levels()).isEqualTo(17);
        assertThat(encoding.flips()).isFalse();
        assertThat(model.provenance().toString())
                .contains("preset=realnvp-small", "features=2", "alpha=0.05", "logit=symmetric", "images=240")
                .doesNotContain(folder.toString());
    }

    /** Three scales of such images list 30 times their entries. */
    @Test
    void aFlowThatCouldNotBeSavedIsNotTrained() throws IOException {
        Images.write(folder.resolve("large"), new byte[20 * 288 * 288], 20, 288, 288);
        Cli.Result result = run("large", "-o", "m.millrace", "--scales", "3");
        assertThat(result.exitCode()).isEqualTo(ExitCode.FAILURE);
        assertThat(result.err())
                .contains("error: this flow cannot be saved: architecture: more than 2000000 values")
                .doesNotContain("Training a flow");
        assertThat(cli.files()).containsExactly("digits-images-idx3-ubyte", "large");
    }

    @Test
    void givesTheSameBytesWithAnyThreadsAndFromAnyFormat() throws IOException {
        fit("-o", "one.millrace", "--threads", "1", "--flip").requireOk();
        Images.write(folder.resolve("part1"), 0, 100);
        Images.write(folder.resolve("part2"), 100, 240);
        run("part1", "part2", "-o", "two.millrace", "--threads", "2", "--flip").requireOk();

        assertThat(folder.resolve("two.millrace")).hasSameBinaryContentAs(folder.resolve("one.millrace"));
        assertThat(cli.files())
                .containsExactly("digits-images-idx3-ubyte", "one.millrace", "part1", "part2", "two.millrace");
    }

    @Test
    void goesOnFromACheckpointToTheSameBytes() throws IOException {
        fit("-o", "whole.millrace", "--epochs", "10", "--scales", "1").requireOk();
        Process process = cli.start(args("-o", "part.millrace", "--epochs", "10", "--scales", "1"));
        try (BufferedReader err = process.errorReader()) {
            String line = err.readLine();
            while (!line.startsWith("epoch 1:")) {
                line = err.readLine();
            }
            // Not that of Process, which closes the stream as well.
            process.toHandle().destroy();
            while (err.readLine() != null) {
                // It may have more to say.
            }
            process.onExit().join();
        }

        Cli.Result rest = cli.run(
                        "fit",
                        "digits-images-idx3-ubyte",
                        "-o",
                        "part.millrace",
                        "--resume",
                        "part.millrace.checkpoint")
                .requireOk();

        assertThat(rest.err()).contains("Going on after epoch ");
        assertThat(folder.resolve("part.millrace")).hasSameBinaryContentAs(folder.resolve("whole.millrace"));
    }

    @Test
    void niceTakesTheNetworksOfThePaperUnlessToldOtherwise() throws IOException {
        cli.run(
                        "fit",
                        "digits-images-idx3-ubyte",
                        "-o",
                        "m.millrace",
                        "--preset",
                        "nice",
                        "--hidden",
                        "16",
                        "--epochs",
                        "2",
                        "--levels",
                        "17")
                .requireOk();

        assertThat(Model.read(folder.resolve("m.millrace")).provenance().toString())
                .contains("preset=nice", "layers=4", "prior=logistic", "standardised=false", "batch=200");
    }

    private Cli.Result fit(String... more) {
        return cli.run(args(more));
    }

    private static String[] args(String... more) {
        List<String> all = new ArrayList<>(List.of("fit", "digits-images-idx3-ubyte"));
        // Later options would contradict: each can be given once.
        boolean epochs = List.of(more).contains("--epochs");
        all.addAll(List.of(SMALL).subList(0, epochs ? SMALL.length - 2 : SMALL.length));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    private Cli.Result run(String... args) {
        List<String> all = new ArrayList<>(List.of("fit"));
        all.addAll(List.of(args));
        all.addAll(List.of(SMALL));
        return cli.run(all.toArray(String[]::new));
    }
}
