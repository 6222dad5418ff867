package dev.millrace.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ElementwiseTest {

    private static final Kernel PLAIN = new PlainKernel();

    private static final double[] SPECIAL = {
        0.0,
        -0.0,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Double.MIN_VALUE,
        -Double.MIN_VALUE,
        Double.MIN_NORMAL,
        Math.nextDown(Double.MIN_NORMAL),
        Double.MAX_VALUE,
        -Double.MAX_VALUE,
        Float.MIN_VALUE,
        -Float.MIN_NORMAL,
        Float.MAX_VALUE,
        -Float.MAX_VALUE,
        1,
        -1,
        Math.nextDown(1.0),
        708.5,
        -708.5,
        709.5,
        -87.5,
        88.5,
        Math.sqrt(0.5),
        1e-8,
        36.7,
        -36.7
    };

    /** Comparing arrays compares bits, with one NaN for all. Entries from n on must stay as they are. */
    @ParameterizedTest
    @MethodSource("dev.millrace.kernel.KernelFunctions#onDoubles")
    void doubleFormsAgreeToTheBit(KernelFunctions.OnDoubles function) {
        Kernel vector = KernelForms.vector();
        Random random = new Random(1);
        for (int n = 0; n <= 40; n++) {
            for (int i = 0; i < 100; i++) {
                double[] expected = values(n + 3, random);
                double[] actual = expected.clone();
                function.apply(PLAIN, expected, n);
                function.apply(vector, actual, n);
                assertThat(actual).isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.millrace.kernel.KernelFunctions#onFloats")
    void floatFormsAgreeToTheBit(KernelFunctions.OnFloats function) {
        Kernel vector = KernelForms.vector();
        Random random = new Random(2);
        for (int n = 0; n <= 40; n++) {
            for (int i = 0; i < 100; i++) {
                float[] x = floats(values(n + 3, random));
                float[] expected = floats(values(n + 3, random));
                float[] actual = expected.clone();
                function.apply(PLAIN, x, expected, n);
                function.apply(vector, x, actual, n);
                assertThat(actual).isEqualTo(expected);
            }
        }
    }

    @Test
    void reluKeepsPositiveNumbersAndNaN() {
        float[] x = {-1, -0f, 0, 2, Float.NaN, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, -Float.MIN_VALUE};
        for (Kernel kernel : KernelForms.all()) {
            float[] y = repeated(x);
            kernel.relu(y, y.length);
            assertThat(y)
                    .as(kernel.name())
                    .isEqualTo(repeated(new float[] {0, 0, 0, 2, Float.NaN, 0, Float.POSITIVE_INFINITY, 0}));
        }
    }

    @Test
    void reluBackwardPassesTheGradientWhereTheOutputIsPositive() {
        float[] y = repeated(new float[] {0, 2, Float.NaN, Float.POSITIVE_INFINITY, Float.MIN_VALUE, 0});
        for (Kernel kernel : KernelForms.all()) {
            float[] dy = repeated(new float[] {5, 5, 5, -6, Float.NaN, Float.NaN});
            kernel.reluBackward(y, dy, y.length);
            assertThat(dy).as(kernel.name()).isEqualTo(repeated(new float[] {0, 5, 0, -6, Float.NaN, 0}));
        }
    }

    @Test
    void squaresAgreeToTheBit() {
        Kernel vector = KernelForms.vector();
        Random random = new Random(3);
        for (int i = 0; i < 1000; i++) {
            int from = random.nextInt(5);
            int to = from + 16 * random.nextInt(6);
            float[] a = floats(values(to + random.nextInt(9), random));
            float[] expected = floats(random.doubles(16).toArray());
            float[] actual = expected.clone();
            PLAIN.addSquares(a, from, to, expected);
            vector.addSquares(a, from, to, actual);
            assertThat(actual).isEqualTo(expected);
        }
    }

    @Test
    void squaresAreAddedToSixteenSumsInTurn() {
        float[] a = new float[3 + 32];
        for (int i = 0; i < a.length; i++) {
            a[i] = i;
        }
        float[] expected = new float[16];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = 1 + (3 + i) * (3 + i) + (19 + i) * (19 + i);
        }
        for (Kernel kernel : KernelForms.all()) {
            float[] sums = new float[16];
            Arrays.fill(sums, 1);
            kernel.addSquares(a, 3, a.length, sums);
            assertThat(sums).as(kernel.name()).isEqualTo(expected);
        }
    }

    /** Long enough for whole vectors of any width and a rest. */
    private static float[] repeated(float[] values) {
        float[] repeated = new float[37];
        for (int i = 0; i < repeated.length; i++) {
            repeated[i] = values[i % values.length];
        }
        return repeated;
    }

    /** Numbers of every size, most of them where the functions are not flat, some special. */
    private static double[] values(int length, Random random) {
        double[] values = new double[length];
        Arrays.setAll(values, i -> switch (random.nextInt(4)) {
            case 0 -> SPECIAL[random.nextInt(SPECIAL.length)];
            case 1 -> (2 * random.nextDouble() - 1) * 800;
            case 2 -> (2 * random.nextDouble() - 1) * 8;
            default -> Math.scalb(2 * random.nextDouble() - 1, random.nextInt(2098) - 1074);
        });
        return values;
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }
}
