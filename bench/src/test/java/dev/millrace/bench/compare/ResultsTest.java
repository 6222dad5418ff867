package dev.millrace.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsTest {

    private static final Work WORK = Work.all().get(0);

    private final Results results = new Results("a machine");

    private boolean accept(String program, long parameters, Hello.Parity parity) {
        return results.accept(WORK, program, new Hello(null, false, "1.0", "", parameters, parity));
    }

    private void observe(String program, double rate) {
        results.add(new Observation(0, WORK.name(), program, 1, Map.of("rows/s", rate)));
    }

    @Test
    void aMissingPeerIsNamedAndTheRestCounts() {
        assertThat(accept(Program.MILLRACE, 10, null)).isTrue();
        assertThat(results.accept(WORK, "absent", new Hello("No module named 'absent'", false, null, null, 0, null)))
                .isFalse();
        assertThat(accept("other", 10, new Hello.Parity(-3, 1e-6, 1e-5))).isTrue();
        observe(Program.MILLRACE, 6);
        observe("other", 2);
        assertThat(results.isMissing("absent")).isTrue();
        assertThat(results.isMissing("other")).isFalse();
        assertThat(results.failures()).isEmpty();
        assertThat(results.toMarkdown())
                .contains("- absent is missing: No module named 'absent'")
                .contains("| other | 2.00 (2.00 – 2.00) | 3.00 × (3.00 – 3.00) |")
                .contains("| realnvp-2 | other | 10 | -3.0000 | 1.0e-06 | 1.0e-05 |  |");
    }

    @Test
    void aProgramWithoutSuchAFlowIsNoFailure() {
        assertThat(results.accept(WORK, "other", new Hello(null, true, null, null, 0, null)))
                .isFalse();
        assertThat(results.failures()).isEmpty();
        assertThat(results.isMissing("other")).isFalse();
    }

    @Test
    void aPeerThatScoresOurModelOtherwiseIsLeftOut() {
        accept(Program.MILLRACE, 10, null);
        assertThat(accept("other", 10, new Hello.Parity(-1, 1e-6, 2e-4))).isFalse();
        assertThat(results.failures())
                .singleElement()
                .asString()
                .contains("other is left out of " + WORK.name(), "off by 2.0E-4 nats", "1.0E-4 is allowed");
    }

    @Test
    void longRowsMayBeOffByWhatSinglePrecisionCosts() {
        Work images = Work.all().stream()
                .filter(work -> work.subject() == Subject.IMAGE)
                .findFirst()
                .orElseThrow();
        assertThat(results.accept(images, "near", hello(3.0e-3))).isTrue();
        assertThat(results.accept(images, "far", hello(3.1e-3))).isFalse();
    }

    private static Hello hello(double worst) {
        return new Hello(null, false, "1.0", "", 10, new Hello.Parity(-155, 0, worst));
    }

    @Test
    void aNotANumberIsNotOurFlow() {
        accept(Program.MILLRACE, 10, null);
        assertThat(accept("other", 10, new Hello.Parity(-1, Double.NaN, Double.NaN)))
                .isFalse();
    }

    @Test
    void aPeerWithAnotherNumberOfParametersIsLeftOut() {
        accept(Program.MILLRACE, 10, null);
        assertThat(accept("other", 11, new Hello.Parity(-1, 0, 0))).isFalse();
        assertThat(results.toMarkdown()).contains("its flow has 11 parameters, not 10");
    }

    @Test
    void aFailedCellIsNamed() {
        results.failed(WORK, "other", 2, "exit code 1: out of memory");
        assertThat(results.toMarkdown())
                .contains("- other failed at " + WORK.name() + " with threads 2: exit code 1: out of memory");
    }

    @Test
    void theFolderHasATableAPictureAndTheRawValues(@TempDir Path folder) throws IOException {
        accept(Program.MILLRACE, 10, null);
        observe(Program.MILLRACE, 6);
        observe("other", 20);
        results.add(new Observation(0, "only here", Program.MILLRACE, 1, Map.of("rows/s", 1.0)));
        results.add(new Observation(0, "two of three", Program.MILLRACE, 1, Map.of("rows/s", 1.0)));
        results.add(new Observation(0, "two of three", "third", 1, Map.of("rows/s", 2.0)));
        results.write(folder);
        assertThat(folder.resolve("results.md")).content().isEqualTo(results.toMarkdown());
        JsonNode json =
                new ObjectMapper().readTree(folder.resolve("results.json").toFile());
        assertThat(json.at("/observations/1/program").asText()).isEqualTo("other");
        assertThat(json.at("/observations/1/values/rows~1s").asDouble()).isEqualTo(20);
        assertThat(json.at("/flows/0/hello/parameters").asLong()).isEqualTo(10);
        BufferedImage picture = ImageIO.read(folder.resolve("advantage.png").toFile());
        assertThat(coloured(picture)).isPositive();
    }

    @Test
    void withoutPeersThereIsNoPicture(@TempDir Path folder) throws IOException {
        observe(Program.MILLRACE, 6);
        results.write(folder);
        assertThat(Files.exists(folder.resolve("advantage.png"))).isFalse();
    }

    /** Pixels that are neither black, white nor grey: dots, as nothing else in the picture has a colour. */
    private static int coloured(BufferedImage picture) {
        int count = 0;
        for (int x = 0; x < picture.getWidth(); x++) {
            for (int y = 0; y < picture.getHeight(); y++) {
                int rgb = picture.getRGB(x, y);
                int red = rgb >> 16 & 0xff;
                int blue = rgb & 0xff;
                if (Math.abs(red - blue) > 64) {
                    count++;
                }
            }
        }
        return count;
    }
}
