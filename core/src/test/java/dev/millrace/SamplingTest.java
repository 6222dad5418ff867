package dev.millrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SamplingTest {

    static Stream<Named<Flow>> flows() {
        return Flows.everyKind();
    }

    @ParameterizedTest
    @MethodSource("flows")
    void drawingInPartsGivesTheSameBitsAsDrawingAtOnce(Flow flow) {
        int dimension = flow.dimension();
        Flow.Sample whole = flow.sampleWithLogProb(5, 200, 42, 0.8);
        int[] ends = {0, 1, 64, 65, 193, 200};
        for (int i = 1; i < ends.length; i++) {
            int from = ends[i - 1];
            int to = ends[i];
            Flow.Sample part = flow.sampleWithLogProb(5 + from, to - from, 42, 0.8);
            assertThat(part.rows()).isEqualTo(Arrays.copyOfRange(whole.rows(), from * dimension, to * dimension));
            assertThat(part.logProb()).isEqualTo(Arrays.copyOfRange(whole.logProb(), from, to));
        }
    }

    @ParameterizedTest
    @MethodSource("flows")
    void samplesCarryTheirOwnLogDensity(Flow flow) {
        for (double temperature : new double[] {0, 0.5, 1, 1.5}) {
            Flow.Sample sample = flow.sampleWithLogProb(0, 100, 7, temperature);
            double[] scored = new double[100];
            flow.logProb(sample.rows(), 100, scored);
            assertThat(sample.logProb()).containsExactly(scored, within(1e-9));
        }
    }

    /** Equal as numbers: the centre may be 0 or −0. */
    @ParameterizedTest
    @MethodSource("flows")
    void atTemperatureZeroEveryRowIsTheImageOfTheBasesCentre(Flow flow) {
        double[] rows = flow.sample(3, 1, 0);
        double[] first = Flows.row(rows, flow, 0);
        assertThat(Flows.row(rows, flow, 1)).containsExactly(first, within(0.0));
        assertThat(Flows.row(rows, flow, 2)).containsExactly(first, within(0.0));
        assertThat(flow.sample(1, 2, 0)).containsExactly(first, within(0.0));
    }

    @Test
    void theSeedAndTheNumberDecideARow() {
        Flow flow = Flow.realNvp(2).hidden(4).build();
        double[] rows = flow.sample(100, 3);
        assertThat(flow.sample(100, 3)).isEqualTo(rows);
        assertThat(flow.sample(10, 3)).isEqualTo(Arrays.copyOf(rows, 20));
        assertThat(Arrays.stream(rows).distinct().count()).isEqualTo(200);
        assertThat(flow.sample(100, 4)).doesNotContain(rows);
        assertThat(flow.sampleWithLogProb(Long.MAX_VALUE - 9, 9, 3, 1).rows()).doesNotContain(rows);
        assertThat(flow.sample(0, 3)).isEmpty();
    }

    @Test
    void theTemperatureMultipliesTheSpread() {
        Flow flow = Flow.realNvp(2).hidden(4).build();
        double[] rows = flow.sample(50, 3);
        double[] doubled = Arrays.stream(rows).map(value -> 2 * value).toArray();
        // The untrained flow is the identity.
        assertThat(flow.sample(50, 3, 2)).isEqualTo(doubled);
    }

    @Test
    void whatCannotBeDrawnIsRefused() {
        Flow flow = Flow.realNvp(2).hidden(4).build();
        for (double temperature : new double[] {-0.1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> flow.sample(1, 1, temperature))
                    .withMessageContaining("temperature");
        }
        assertThatIllegalArgumentException().isThrownBy(() -> flow.sample(-1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> flow.sampleWithLogProb(-1, 1, 1, 1));
    }
}
