package dev.millrace.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SumOfSquaresTest {

    /** From numbers whose squares no float can hold to those whose squares are zero as floats. */
    @Test
    void addsEverySquareOnce() {
        Random random = new Random(1);
        SumOfSquares sum = new SumOfSquares();
        for (float size : new float[] {1, 1e25f, 1e-15f, 1e-18f, 1e-30f, Float.MIN_VALUE}) {
            for (int length : new int[] {0, 16, 48, 4096}) {
                float[] a = new float[16 + length + 16];
                BigDecimal exact = BigDecimal.ZERO;
                for (int i = 0; i < a.length; i++) {
                    a[i] = (float) random.nextGaussian() * size;
                    if (i >= 16 && i < 16 + length) {
                        exact = exact.add(new BigDecimal(a[i]).pow(2));
                    }
                }
                double expected = exact.doubleValue();
                assertThat(sum.of(a, 16, 16 + length)).isCloseTo(expected, within(1e-5 * expected));
            }
        }
    }

    @Test
    void oneEntryThatIsNotFiniteShows() {
        SumOfSquares sum = new SumOfSquares();
        for (int i = 0; i < 32; i++) {
            float[] a = new float[32];
            a[i] = Float.NaN;
            assertThat(sum.of(a, 0, 32)).isNaN();
            a[i] = Float.NEGATIVE_INFINITY;
            assertThat(sum.of(a, 0, 32)).isInfinite();
        }
        assertThat(sum.of(new float[32], 0, 32)).isZero();
    }
}
