package dev.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormalQuantileTest {

    @ParameterizedTest
    @CsvSource({
        "0.25, -0.6744897501960817",
        "0.001, -3.090232306167813",
        "1e-20, -9.262340089798408",
        "0.975, 1.959963984540054",
        "0.9, 1.2815515655446004",
        "1e-10, -6.361340902404056"
    })
    void knownValues(double p, double quantile) {
        assertThat(NormalQuantile.of(p)).isCloseTo(quantile, within(4e-15 * Math.abs(quantile)));
    }

    @Test
    void halfIsZeroAndTheRestIsSymmetric() {
        assertThat(NormalQuantile.of(0.5)).isZero();
        for (double p : new double[] {0x1p-10, 0x1p-5, 0.125, 0.375}) {
            assertThat(NormalQuantile.of(1 - p)).isEqualTo(-NormalQuantile.of(p));
        }
    }

    /** Between the branches of the algorithm too; a probability near 1 has 16 digits, but its distance from 1 fewer. */
    @Test
    void distributionFunctionUndoesIt() {
        for (double p = 0.0005; p < 1; p += 0.001) {
            assertThat(Distributions.normal(NormalQuantile.of(p))).isCloseTo(p, within(1e-15));
        }
        assertThat(NormalQuantile.of(0x1p-53)).isCloseTo(-8.209536151601387, within(1e-13));
        assertThat(NormalQuantile.of(1 - 0x1p-53)).isEqualTo(-NormalQuantile.of(0x1p-53));
    }
}
