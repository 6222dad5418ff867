package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LatentArcTest {

    /** Rounding of a few sines and products. */
    private static final double ROUNDING = 1e-12;

    @Test
    void aQuarterOfACircleAtEvenAngles() {
        double[] points = LatentArc.between(new double[] {2, 0}, new double[] {0, 2}, 4);

        for (int i = 0; i < 4; i++) {
            assertThat(points[2 * i]).isCloseTo(2 * Math.cos(i * Math.PI / 6), within(ROUNDING));
            assertThat(points[2 * i + 1]).isCloseTo(2 * Math.sin(i * Math.PI / 6), within(ROUNDING));
        }
    }

    @Test
    void lengthsGoEvenlyFromOneToTheOther() {
        double[] points = LatentArc.between(new double[] {1, 0, 0}, new double[] {0, 0, 3}, 3);

        assertThat(Math.hypot(points[3], points[5])).isCloseTo(2, within(ROUNDING));
        assertThat(points[3]).isCloseTo(points[5], within(ROUNDING));
    }

    @Test
    void theEndsAreThereToTheBitAndTheSameEndsAreNoProblem() {
        double[] end = {0.1, -0.7, 1e-3};

        double[] points = LatentArc.between(end, end, 3);

        assertThat(points).startsWith(end).endsWith(end);
        assertThat(points[4]).isCloseTo(-0.7, within(ROUNDING));
    }
}
