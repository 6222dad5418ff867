package dev.millrace.kernel;

import java.util.Arrays;

/** Adds up squares of floats, always in the same order. Not safe for several threads. */
public final class SumOfSquares {

    private static final Kernel KERNEL = Kernels.active();

    /** Below this, squares may have been lost that are too small for a float. */
    private static final double SMALLEST = 1e-30;

    private final float[] sums = new float[Padding.LANES];

    /**
     * The sum of the squares of {@code a[from … to)}, whose length is padded, to about six digits; not finite if an
     * entry is not.
     */
    public double of(float[] a, int from, int to) {
        Arrays.fill(sums, 0);
        KERNEL.addSquares(a, from, to, sums);
        double sum = 0;
        for (float part : sums) {
            sum += part;
        }
        return sum > SMALLEST && sum < Double.POSITIVE_INFINITY ? sum : inDouble(a, from, to);
    }

    /** Slower, and right for numbers of any size. */
    private static double inDouble(float[] a, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += (double) a[i] * a[i];
        }
        return sum;
    }
}
