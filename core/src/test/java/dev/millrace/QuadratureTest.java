package dev.millrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.net.Activation;
import dev.millrace.train.RowSource;
import dev.millrace.train.Trainer;
import dev.millrace.train.TrainerSettings;
import dev.millrace.transformer.LogScale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Densities of trained flows integrate to 1. The trapezoidal rule is as good as exact for smooth ones that die out. */
class QuadratureTest {

    @Test
    void inOneDimension() {
        Flow flow = trained(Flow.realNvp(1).couplings(2).hidden(8).build(), Samples.twoHills(400, 1));
        assertThat(integral(flow, -20, 20, 4001)).isCloseTo(1, within(1e-9));
    }

    @Test
    void inOneDimensionWithALogisticBase() {
        Flow flow = trained(Flow.nice(1).hidden(8).build(), Samples.twoHills(400, 1));
        assertThat(integral(flow, -100, 100, 4001)).isCloseTo(1, within(1e-9));
    }

    static Stream<RealNvp> flowsOfTwoDimensions() {
        RealNvp flow = Flow.realNvp(2).couplings(4).hidden(12).activation(Activation.SILU);
        return Stream.of(
                flow,
                flow.activation(Activation.RELU),
                flow.normalisation(RealNvp.Normalisation.BATCH_NORM).mixing(RealNvp.Mixing.LINEAR),
                flow.logScale(LogScale.SIGMOID).mixing(RealNvp.Mixing.PERMUTE));
    }

    @ParameterizedTest
    @MethodSource("flowsOfTwoDimensions")
    void inTwoDimensions(RealNvp description) {
        Flow flow = trained(description.build(), Samples.ring(600, 2));
        // Corners of the ReLU leave errors of the square of the grid's width.
        assertThat(integral(flow, -12, 12, 481)).isCloseTo(1, within(1e-3));
    }

    private static Flow trained(Flow flow, double[] rows) {
        TrainerSettings settings = TrainerSettings.builder()
                .epochs(6)
                .batchSize(50)
                .learningRate(5e-3)
                .threads(1)
                .build();
        RowSource none = RowSource.of(new double[0], flow.dimension());
        return new Trainer(settings)
                .fit(flow, RowSource.of(rows, flow.dimension()), none)
                .flow();
    }

    /** Over the interval, or its square. */
    private static double integral(Flow flow, double from, double to, int points) {
        double width = (to - from) / (points - 1);
        int count = flow.dimension() == 1 ? 1 : points;
        double[] line = new double[points * flow.dimension()];
        double[] logProb = new double[points];
        double sum = 0;
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < points; j++) {
                if (flow.dimension() == 2) {
                    line[2 * j] = from + i * width;
                }
                line[flow.dimension() * (j + 1) - 1] = from + j * width;
            }
            flow.logProb(line, points, logProb);
            for (double value : logProb) {
                sum += Math.exp(value);
            }
        }
        return sum * Math.pow(width, flow.dimension());
    }
}
