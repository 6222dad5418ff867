package dev.millrace.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ToyTest {

    /** Holds all but 1e-8 of every toy's mass. */
    private static final double WINDOW = 8;

    private static final int CELLS = 32;

    /** Points of the midpoint rule along a side of a cell: 0.05 apart, well below every toy's noise. */
    private static final int POINTS = 10;

    @ParameterizedTest
    @EnumSource
    void theDensityIntegratesToOneAndTheRowsFollowIt(Toy toy) {
        double[] mass = masses(toy);

        // The midpoint rule's error for noise of 0.08 and points 0.05 apart is below 1e-5; a board's squares end
        // between
        // cells, so there it is exact.
        assertThat(Arrays.stream(mass).sum()).isCloseTo(1, within(1e-5));

        int rows = 50_000;
        double[] counts = new double[mass.length];
        double[] values = toy.sample(rows, 1).values();
        for (int at = 0; at < values.length; at += 2) {
            counts[cell(values[at + 1]) * CELLS + cell(values[at])]++;
        }
        double statistic = 0;
        int cells = 0;
        double rest = rows;
        double restMass = 1;
        for (int i = 0; i < mass.length; i++) {
            if (mass[i] * rows >= 10) {
                statistic += square(counts[i] - mass[i] * rows) / (mass[i] * rows);
                rest -= counts[i];
                restMass -= mass[i];
                cells++;
            }
        }
        // Chi-squared with about as many degrees of freedom as cells; five standard deviations above its mean.
        assertThat(statistic).isLessThan(cells + 5 * Math.sqrt(2.0 * cells));
        assertThat(rest / rows).isCloseTo(restMass, within(5 * Math.sqrt((Math.abs(restMass) + 1e-5) / rows)));
    }

    private static double[] masses(Toy toy) {
        double[] mass = new double[CELLS * CELLS];
        double step = 2 * WINDOW / CELLS / POINTS;
        for (int i = 0; i < CELLS * POINTS; i++) {
            for (int j = 0; j < CELLS * POINTS; j++) {
                double density = Math.exp(toy.logDensity(-WINDOW + (j + 0.5) * step, -WINDOW + (i + 0.5) * step));
                mass[i / POINTS * CELLS + j / POINTS] += density * step * step;
            }
        }
        return mass;
    }

    private static int cell(double value) {
        return (int) Math.floor((value + WINDOW) / (2 * WINDOW) * CELLS);
    }

    private static double square(double value) {
        return value * value;
    }

    /** What the formula says where it can be worked out by hand. */
    @Test
    void theDensityIsTheFormulas() {
        assertThat(Toy.CHECKERBOARD.logDensity(1, 1)).isCloseTo(Math.log(1.0 / 32), within(1e-12));
        assertThat(Toy.CHECKERBOARD.logDensity(-1, 1)).isEqualTo(Double.NEGATIVE_INFINITY);
        // On top of a cluster, 1 / (8 · 2π · 1/8); its two neighbours, six deviations away, add 2 exp(−18.7).
        assertThat(Toy.EIGHT_GAUSSIANS.logDensity(2 * Math.sqrt(2), 0)).isCloseTo(-Math.log(2 * Math.PI), within(2e-8));
    }

    /** Far from all clusters, where the density itself is below the least double. */
    @Test
    void theLogDensityOfClustersIsExactInTheTails() {
        // One half over a squared deviation of 1/8 is 4; beside the nearest cluster the seven others add e^−600.
        double distance = 100 - 2 * Math.sqrt(2);
        assertThat(Toy.EIGHT_GAUSSIANS.logDensity(100, 0))
                .isCloseTo(-4 * distance * distance - Math.log(2 * Math.PI), within(1e-9));
        // A ray on the border of two clusters' realms, so both count.
        double x = 100 * Math.cos(Math.PI / 8);
        double y = 100 * Math.sin(Math.PI / 8);
        double squared = (x - 2 * Math.sqrt(2)) * (x - 2 * Math.sqrt(2)) + y * y;
        assertThat(Toy.EIGHT_GAUSSIANS.logDensity(x, y)).isCloseTo(-4 * squared - Math.log(Math.PI), within(1e-9));
    }

    @Test
    void theLogDensityOfCurvesIsExactInTheTails() {
        // The nearest point is the end of the lower moon, (2, 0.5); from there the squared distance grows by 2 · 5.5 a
        // unit of length, of which the moon has π, and each moon half the points.
        double variance = 0.01;
        double expected = -(4 * 4 + 5.5 * 5.5) / (2 * variance)
                - Math.log(2 * Math.PI * variance)
                + Math.log(0.5 / Math.PI * variance / 5.5);
        // Simpson's steps of 0.003 are longer than that integrand's 0.002.
        assertThat(Toy.TWO_MOONS.logDensity(6, 6)).isCloseTo(expected, within(0.05));
        // At the centre of all circles, the innermost is at the same distance all around.
        double centre = -0.75 * 0.75 / (2 * 0.0064) - Math.log(4 * 2 * Math.PI * 0.0064);
        assertThat(Toy.RINGS.logDensity(0, 0)).isCloseTo(centre, within(1e-9));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CHECKERBOARD")
    void theLogDensityIsFiniteWhereverItsSizeAllows(Toy toy) {
        for (double far = 1; far < 1e150; far *= 7) {
            assertThat(toy.logDensity(far, -0.3 * far))
                    .as("at %s", far)
                    .isNegative()
                    .isFinite();
        }
        for (double beyond : new double[] {1e200, Double.MAX_VALUE}) {
            assertThat(toy.logDensity(beyond, 1)).isEqualTo(Double.NEGATIVE_INFINITY);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRowDependsOnTheSeedAndItsNumberAlone(Toy toy) {
        double[] few = toy.sample(10, 7).values();
        double[] many = toy.sample(1000, 7).values();

        assertThat(Arrays.copyOf(many, few.length)).isEqualTo(few);
        assertThat(toy.sample(10, 8).values()).isNotEqualTo(few);
        assertThat(toy.sample(0, 7).rows()).isZero();
    }

    /** So that a fit to built-in data is reproducible from one version to the next. */
    @Test
    void theRowsNeverChange() {
        StringBuilder fingerprints = new StringBuilder();
        for (Toy toy : Toy.values()) {
            fingerprints.append(Fingerprint.of(toy.sample(100, 1)), 0, 8).append(' ');
        }
        assertThat(fingerprints.toString().strip())
                .isEqualTo("bcc08ef0 4187ac3c f110805d 6658501c a8769fdd 62313881 dc6e6729");
    }

    @ParameterizedTest
    @EnumSource
    void isFoundByItsName(Toy toy) {
        assertThat(Toy.named(toy.id())).contains(toy);
        assertThat(Toy.named("no-such-thing")).isEmpty();
    }
}
