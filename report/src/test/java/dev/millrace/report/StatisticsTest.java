package dev.millrace.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.data.ColumnEncoding;
import dev.millrace.kernel.SplitMix;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatisticsTest {

    @Test
    void knowsMeansQuantilesAndErrors() {
        double[] values = {4, 1, 3, 2};

        assertThat(Statistics.mean(values)).isEqualTo(2.5);
        assertThat(Statistics.quantile(Statistics.sorted(values), 0.5)).isEqualTo(2.5);
        assertThat(Statistics.quantile(Statistics.sorted(values), 1)).isEqualTo(4);
        // Variance 5/3 of four numbers.
        assertThat(Statistics.standardError(values)).isCloseTo(Math.sqrt(5.0 / 12), within(1e-15));
        assertThat(Statistics.standardError(new double[] {1})).isNaN();
    }

    @Test
    void theDistanceOfTwoSamplesIsTheLargestGapOfTheirDistributionFunctions() {
        assertThat(Statistics.distance(new double[] {1, 2, 3}, new double[] {3, 1, 2}))
                .isZero();
        assertThat(Statistics.distance(new double[] {1, 2}, new double[] {3, 4, 5}))
                .isEqualTo(1);
        // At 2, three quarters against one quarter.
        assertThat(Statistics.distance(new double[] {1, 1, 2, 5}, new double[] {2, 4, 4, 6}))
                .isEqualTo(0.5);
    }

    @Test
    void mutualInformationIsZeroForStrangersAndTheClassesEntropyForTwins() {
        double[] a = uniform(1);
        double[] b = uniform(2);

        assertThat(Statistics.mutualInformation(a, a)).isCloseTo(Math.log(8), within(1e-9));
        // 49 degrees of freedom / 2n on average.
        assertThat(Statistics.mutualInformation(a, b)).isBetween(0.0, 3 * 49 / 8000.0);
        // A parabola has no correlation, but is no stranger.
        double[] parabola = Arrays.stream(a).map(u -> (u - 0.5) * (u - 0.5)).toArray();
        assertThat(Statistics.correlation(a, parabola)).isCloseTo(0, within(0.05));
        assertThat(Statistics.mutualInformation(a, parabola)).isGreaterThan(1);
        assertThat(Statistics.mutualInformation(new double[4000], b)).isZero();
    }

    private static double[] uniform(long seed) {
        SplitMix random = new SplitMix(seed);
        double[] values = new double[4000];
        Arrays.setAll(values, i -> random.nextDouble());
        return values;
    }

    @Test
    void correlationIsPearsons() {
        assertThat(Statistics.correlation(new double[] {1, 2, 3}, new double[] {2, 4, 6}))
                .isCloseTo(1, within(1e-15));
        assertThat(Statistics.correlation(new double[] {1, 2, 3}, new double[] {1, 3, 2}))
                .isCloseTo(0.5, within(1e-15));
        assertThat(Statistics.correlation(new double[] {1, 1}, new double[] {1, 2}))
                .isZero();
    }

    @Test
    void aHistogramsAreaIsTheShareOfNumbersInIt() {
        double[] values = uniform(3);
        Histogram histogram = Histogram.over(values);

        double area = Arrays.stream(histogram.density(values)).sum() * histogram.width();
        // All but the outermost thousandth on each side.
        assertThat(area).isCloseTo(0.998, within(1e-3));
        assertThat(new Histogram(0, 1, 3).density(new double[] {0, 0.5, 1, 3, 7}))
                .containsExactly(0.4, 0.2, 0.2);
    }

    @Test
    void aDiscreteColumnHasABinForEachValue() {
        ColumnEncoding dice = new ColumnEncoding.Discrete("dice", 1, 0, true, 1, 6, 6, List.of());
        Histogram histogram = Histogram.over(dice, 1, 6, 6, 3);

        assertThat(histogram).isEqualTo(new Histogram(0.5, 1, 6));
        assertThat(histogram.density(new double[] {1, 6, 6, 3})).containsExactly(0.25, 0, 0.25, 0, 0, 0.5);
    }

    @Test
    void aConstantColumnHasOneBin() {
        assertThat(Histogram.over(7, 7, 7).density(new double[] {7, 7, 7})).containsExactly(1);
    }
}
