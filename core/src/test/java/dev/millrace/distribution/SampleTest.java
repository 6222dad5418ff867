package dev.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.kernel.SplitMix;
import dev.millrace.net.States;
import java.util.Arrays;
import java.util.function.IntFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SampleTest {

    private static final int DRAWS = 100_000;

    /** The entries of the drawn rows, one column for each. */
    private static double[][] columns(Distribution distribution) {
        double[][] columns = new double[distribution.dimension()][DRAWS];
        double[] row = new double[distribution.dimension() + 1];
        SplitMix random = new SplitMix(7);
        for (int i = 0; i < DRAWS; i++) {
            distribution.sample(random, 1, row, 1);
            for (int j = 0; j < columns.length; j++) {
                columns[j][i] = row[j + 1];
            }
        }
        assertThat(row[0]).isZero();
        return columns;
    }

    /** By chance the largest difference is above 1.95 / √n once in a thousand times. */
    @ParameterizedTest
    @MethodSource("dev.millrace.distribution.Distributions#all")
    void drawsFollowTheDistributionFunction(IntFunction<Distribution> constructor) {
        Distribution distribution = constructor.apply(2);
        double[][] columns = columns(distribution);
        for (int j = 0; j < columns.length; j++) {
            double[] sorted = columns[j].clone();
            Arrays.sort(sorted);
            double largest = 0;
            for (int i = 0; i < DRAWS; i++) {
                double cumulative = Distributions.cumulative(distribution, j, sorted[i]);
                largest = Math.max(largest, Math.max(cumulative - (double) i / DRAWS, (i + 1.0) / DRAWS - cumulative));
            }
            assertThat(largest).isLessThan(1.95 / Math.sqrt(DRAWS));
        }
    }

    /** Four standard deviations: 1 / √n of a mean or a correlation, √3.2 / √n of a logistic variance. */
    @ParameterizedTest
    @MethodSource("dev.millrace.distribution.Distributions#all")
    void momentsAreThoseOfTheDistribution(IntFunction<Distribution> constructor) {
        Distribution distribution = constructor.apply(2);
        double[][] columns = columns(distribution);
        double[][] standardised = new double[2][DRAWS];
        for (int j = 0; j < 2; j++) {
            double[] column = columns[j];
            double mean = Distributions.mean(States.values(distribution.state()), j);
            double deviation = Math.sqrt(Distributions.variance(distribution, j));
            Arrays.setAll(standardised[j], i -> (column[i] - mean) / deviation);
            assertThat(Arrays.stream(standardised[j]).average().orElseThrow()).isCloseTo(0, within(0.0127));
            assertThat(meanProduct(standardised[j], standardised[j])).isCloseTo(1, within(0.0227));
        }
        assertThat(meanProduct(standardised[0], standardised[1])).isCloseTo(0, within(0.0127));
    }

    private static double meanProduct(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum / a.length;
    }

    @ParameterizedTest
    @MethodSource("dev.millrace.distribution.Distributions#all")
    void temperatureScalesTheSpreadAroundTheMean(IntFunction<Distribution> constructor) {
        Distribution distribution = constructor.apply(4);
        double[] one = drawn(distribution, 1);
        double[] mean = drawn(distribution, 0);
        double[] half = drawn(distribution, 0.5);
        for (int j = 0; j < 4; j++) {
            assertThat(mean[j]).isEqualTo(Distributions.mean(States.values(distribution.state()), j));
            assertThat(half[j] - mean[j]).isCloseTo(0.5 * (one[j] - mean[j]), within(1e-15));
        }
    }

    private static double[] drawn(Distribution distribution, double temperature) {
        double[] z = new double[distribution.dimension()];
        distribution.sample(new SplitMix(5), temperature, z, 0);
        return z;
    }
}
