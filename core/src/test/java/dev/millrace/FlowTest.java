package dev.millrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.bijection.Composition;
import dev.millrace.bijection.Scaling;
import dev.millrace.distribution.StandardNormal;
import dev.millrace.kernel.Memory;
import dev.millrace.net.States;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FlowTest {

    private static final int ROWS = 20;

    static Stream<Named<Flow>> flows() {
        return Flows.everyKind();
    }

    @ParameterizedTest
    @MethodSource("flows")
    void theLogDensityIsTheBasesPlusTheLogDetOfEveryLayer(Flow flow) {
        double[] rows = Flows.rows(flow, ROWS);
        for (int i = 0; i < ROWS; i++) {
            double[] row = Flows.row(rows, flow, i);
            double[] expected = new double[1];
            flow.base().pass(1, Memory.shared()).logDensity(1, flow.forward(row, 1), expected);
            double[] logDets = flow.layerLogDets(row);
            assertThat(logDets).hasSameSizeAs(flow.layers());
            expected[0] += Arrays.stream(logDets).sum();
            // Only the order of the additions differs.
            assertThat(flow.logProb(row)).isCloseTo(expected[0], within(1e-13 * (1 + Math.abs(expected[0]))));
        }
    }

    @ParameterizedTest
    @MethodSource("flows")
    void theInverseBringsRowsBack(Flow flow) {
        double[] rows = Flows.rows(flow, ROWS);
        double[] back = flow.inverse(flow.forward(rows, ROWS), ROWS);
        // A dozen roundings of numbers of size 1, stretched by scales of some units.
        assertThat(back).containsExactly(rows, within(1e-11));
    }

    @ParameterizedTest
    @MethodSource("flows")
    void aCopyHasTheSameBitsAndSharesNothing(Flow flow) {
        double[] rows = Flows.rows(flow, 1);
        double logProb = flow.logProb(rows);
        Flow copy = flow.copy();
        assertThat(copy.logProb(rows)).isEqualTo(logProb);
        assertThat(copy.parameterCount()).isEqualTo(flow.parameterCount());
        States.randomise(copy.state(), 99);
        copy.parametersChanged();
        assertThat(flow.logProb(rows)).isEqualTo(logProb);
    }

    @Test
    void statesAreNamedByLayer() {
        Flow flow = Flow.realNvp(2).couplings(1).hidden(3).build();
        assertThat(flow.state())
                .containsOnlyKeys(
                        "layers.0.mean",
                        "layers.0.logPrecision",
                        "layers.0.initialised",
                        "layers.1.centre",
                        "layers.1.logScale",
                        "layers.1.initialised",
                        "layers.2.conditioner.layer0.weight",
                        "layers.2.conditioner.layer0.bias",
                        "layers.2.conditioner.layer1.weight",
                        "layers.2.conditioner.layer1.bias",
                        "layers.2.transformer.bound");
        assertThat(flow.parameterCount()).isEqualTo(2 + 2 + 3 + 3 + 6 + 2 + 1);
    }

    @Test
    void compositionsInsideCompositionsBecomeLayersOfTheFlow() {
        Scaling first = Scaling.create(2);
        Scaling second = Scaling.create(2);
        Flow flow = Flow.of(
                Composition.of(Composition.of(first, Composition.of(second)), Scaling.create(2)),
                new StandardNormal(2));
        assertThat(flow.layers()).hasSize(3).startsWith(first, second);
        assertThat(Flow.of(first, new StandardNormal(2)).layers()).containsExactly(first);
    }

    @Test
    void dimensionsMustAgree() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Flow.of(Scaling.create(2), new StandardNormal(3)))
                .withMessage("the bijection has dimension 2, but the base distribution 3");
        Flow flow = Flow.realNvp(2).hidden(4).build();
        for (int length : new int[] {0, 1, 3}) {
            double[] row = new double[length];
            String message = "a row has 2 entries, not " + length;
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> flow.logProb(row))
                    .withMessage(message);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> flow.layerLogDets(row))
                    .withMessage(message);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> flow.gradient(row))
                    .withMessage(message);
        }
    }

    @Test
    void arraysMustHoldTheRows() {
        Flow flow = Flow.realNvp(2).hidden(4).build();
        double[] rows = new double[5];
        String message = "3 rows of 2 entries do not fit into 5 numbers";
        assertThatIllegalArgumentException()
                .isThrownBy(() -> flow.logProb(rows, 3, new double[3]))
                .withMessage(message);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> flow.logProb(rows, 2, new double[1]))
                .withMessage("2 log-densities do not fit into 1 numbers");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> flow.forward(rows, 3))
                .withMessage(message);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> flow.inverse(rows, 3))
                .withMessage(message);
        assertThatIllegalArgumentException().isThrownBy(() -> flow.forward(rows, -1));
        assertThatIllegalArgumentException().isThrownBy(() -> flow.logProb(rows, Integer.MAX_VALUE, rows));
        flow.logProb(rows, 2, new double[7]);
        assertThat(flow.forward(rows, 0)).isEmpty();
    }
}
