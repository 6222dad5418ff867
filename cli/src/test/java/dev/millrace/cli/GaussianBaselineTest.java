package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.model.Fields;
import dev.millrace.model.Json;
import dev.millrace.model.ModelFormatException;
import dev.millrace.train.RowSource;
import org.junit.jupiter.api.Test;

class GaussianBaselineTest {

    private static final double LOG_2_PI = Math.log(2 * Math.PI);

    @Test
    void isTheMaximumLikelihoodFit() {
        // Mean (1, 2), variances 1 and 4, correlation 0.
        GaussianBaseline gaussian = fit(2, 0, 0, 0, 4, 2, 0, 2, 4);

        double[] logProb = gaussian.logProb(new double[] {1, 2, 2, 4}, 2);

        assertThat(logProb[0]).isCloseTo(-LOG_2_PI - Math.log(2), within(1e-12));
        assertThat(logProb[1]).isCloseTo(-LOG_2_PI - Math.log(2) - 1, within(1e-12));
    }

    @Test
    void seesCorrelation() {
        // Rows (0, 0), (1, 2), (2, 1): covariance 2/3 and 1/3, determinant 1/3.
        GaussianBaseline gaussian = fit(2, 0, 0, 1, 2, 2, 1);

        assertThat(gaussian.logProb(new double[] {2, 2}, 1)[0])
                .isCloseTo(-LOG_2_PI - Math.log(1.0 / 3) / 2 - 1, within(1e-12));
    }

    @Test
    void staysFiniteWithConstantAndCollinearColumns() {
        GaussianBaseline gaussian = fit(3, 1, 7, 2, 2, 7, 4, 3, 7, 6, 4, 7, 8);

        double on = gaussian.logProb(new double[] {2, 7, 4}, 1)[0];
        double off = gaussian.logProb(new double[] {2, 7, 4.1}, 1)[0];

        assertThat(on).isFinite();
        assertThat(off).isFinite().isLessThan(on);
    }

    @Test
    void numbersWhoseSquaresNoDoubleHoldsHaveNone() {
        for (double extreme : new double[] {1e160, 1e300, 1e-170, 1e-300}) {
            assertThat(GaussianBaseline.fit(RowSource.of(new double[] {0, 2, 0, 4, extreme, 5}, 2)))
                    .isEmpty();
        }
    }

    @Test
    void survivesItsTree() {
        GaussianBaseline gaussian = fit(2, 0, 0, 1, 2, 2, 1);
        Object tree = Json.parse(Json.write(gaussian.toTree()));

        GaussianBaseline read = GaussianBaseline.read(Fields.of(tree, "gaussian"), 2);

        double[] row = {0.3, -1.7};
        assertThat(read.logProb(row, 1)).isEqualTo(gaussian.logProb(row, 1));
        assertThatThrownBy(() -> GaussianBaseline.read(Fields.of(tree, "gaussian"), 3))
                .isInstanceOf(ModelFormatException.class);
    }

    private static GaussianBaseline fit(int dimension, double... rows) {
        return GaussianBaseline.fit(RowSource.of(rows, dimension)).orElseThrow();
    }
}
