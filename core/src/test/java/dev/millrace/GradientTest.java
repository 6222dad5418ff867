package dev.millrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The gradient by the row, against central differences of the log-density. */
class GradientTest {

    private static final int MANY = 150;

    @Test
    void inDoubleItAgreesToManyDigits() {
        // Truncation 1e-10 and rounding 1e-16 / 1e-5.
        compare(Flows.withoutNetworks(), 1e-5, 1e-8);
    }

    @Test
    void withNetworksItAgreesAsFarAsFloatsAllow() {
        // Networks round to 6e-8, which a step of 2e-3 turns into some 1e-4; the truncation is of order 1e-6.
        compare(Flows.withSmoothNetworks(), 1e-3, 1e-3);
    }

    /** Blocks, and arrays that grow and are used again. */
    @Test
    void manyRowsHaveTheGradientsOfEach() {
        Flow image = Flow.realNvp(4, 4, 2).features(4).blocks(1).scales(1).build();
        for (Flow flow : List.of(Flows.withoutNetworks(), Flows.withSmoothNetworks(), image)) {
            double[] rows = Flows.rows(flow, MANY);
            double[] expected = new double[rows.length];
            for (int i = 0; i < MANY; i++) {
                double[] one = flow.gradient(Flows.row(rows, flow, i));
                System.arraycopy(one, 0, expected, i * one.length, one.length);
            }
            assertThat(flow.gradient(rows, MANY)).containsExactly(expected);
            assertThat(flow.gradient(rows, 3)).containsExactly(Arrays.copyOf(expected, 3 * flow.dimension()));
        }
        assertThat(Flows.withoutNetworks().gradient(new double[0], 0)).isEmpty();
    }

    private static void compare(Flow flow, double step, double tolerance) {
        double[] rows = Flows.rows(flow, 10);
        for (int i = 0; i < 10; i++) {
            double[] row = Flows.row(rows, flow, i);
            double[] expected = new double[row.length];
            for (int j = 0; j < row.length; j++) {
                double[] moved = row.clone();
                moved[j] = row[j] + step;
                double above = flow.logProb(moved);
                moved[j] = row[j] - step;
                expected[j] = (above - flow.logProb(moved)) / (2 * step);
            }
            assertThat(flow.gradient(row)).containsExactly(expected, within(tolerance));
        }
    }
}
