package dev.millrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.train.RowSource;
import dev.millrace.train.Trainer;
import dev.millrace.train.TrainerSettings;
import org.junit.jupiter.api.Test;

/** What float libraries cannot do: 64 couplings forward and back, to many digits. */
class DeepRoundTripTest {

    private static final int ROWS = 300;

    private final RealNvp deep = Flow.realNvp(6).couplings(64).hidden(16);

    @Test
    void anUntrainedFlow() {
        requireRoundTrip(deep.build(), Samples.noise(ROWS, 6, 1), 0);
    }

    @Test
    void aTrainedFlow() {
        TrainerSettings settings = TrainerSettings.builder()
                .epochs(3)
                .batchSize(32)
                .learningRate(1e-3)
                .threads(1)
                .build();
        double[] rows = Samples.ring(3 * ROWS, 5);
        RowSource train = RowSource.of(rows, 6);
        Flow flow = new Trainer(settings)
                .fit(deep.mixing(RealNvp.Mixing.PERMUTE).build(), train, train)
                .flow();
        assertThat(flow.forward(rows, ROWS)).isNotEqualTo(rows);
        requireRoundTrip(flow, rows, 1e-9);
    }

    private static void requireRoundTrip(Flow flow, double[] rows, double tolerance) {
        assertThat(flow.inverse(flow.forward(rows, ROWS), ROWS)).containsExactly(rows, within(tolerance));
        double[] z = Samples.noise(ROWS, 6, 9);
        assertThat(flow.forward(flow.inverse(z, ROWS), ROWS)).containsExactly(z, within(tolerance));
    }
}
