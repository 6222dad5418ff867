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
