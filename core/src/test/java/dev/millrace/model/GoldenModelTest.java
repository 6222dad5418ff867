package dev.millrace.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.train.EpochReport;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A file that version 1 of the format wrote: it loads for ever, and means the same for ever. */
class GoldenModelTest {

    private static final double[] ROWS = {0.1, 0.2, 0.3, 0.4, 0.9, 0.5, 0.25, 0.75, 0, 1, 1, 0};

    @Test
    void formatOneStillMeansTheSame() throws IOException {
        byte[] file = bytes("golden-1.millrace");
        Model model = Model.read(file);

        double[] logProb = new double[3];
        model.flow().logProb(ROWS, 3, logProb);
        assertThat(logProb).containsExactly(-0x1.ca6c9f0080237p6, -0x1.d79dd42fffa8fp4, -0x1.1ba33cf058db4p9);
        assertThat(model.flow().sample(2, 7))
                .containsExactly(
                        0x1.a7c99ab1eb702p-1,
                        0x1.d41d5fe0d6a2cp-1,
                        0x1.862997f482c6bp-1,
                        0x1.f2671fe91ced3p-1,
                        0x1.b49fd6dfe085p-1,
                        0x1.d417297b21586p-1,
                        0x1.80244ffc91e8ap-1,
                        0x1.b792c8a9d96ddp-1);
        assertThat(model.encoding()).isEqualTo(Map.of("columns", List.of("a", "b", "c", "d")));
        assertThat(model.provenance()).isEqualTo(Map.of("seed", 42L, "rate", 0.1));
        assertThat(model.history())
                .containsExactly(new EpochReport(1, -3.25, Double.NaN, 1e-3), new EpochReport(2, -3.125, -3.5, 5e-4));
        // As long as this is the format that is written.
        assertThat(model.toBytes()).isEqualTo(file);
    }

    private static byte[] bytes(String name) throws IOException {
        try (InputStream in = GoldenModelTest.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }
}
