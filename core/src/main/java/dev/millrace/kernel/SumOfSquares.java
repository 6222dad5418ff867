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

    /**
     * The same sum of a range of any length, slower and right for numbers of any size: in four chains, which the JIT runs
     * side by side; the order is fixed.
     */
    public static double inDouble(float[] a, int from, int to) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = from;
        for (; i + 4 <= to; i += 4) {
            s0 += (double) a[i] * a[i];
            s1 += (double) a[i + 1] * a[i + 1];
            s2 += (double) a[i + 2] * a[i + 2];
            s3 += (double) a[i + 3] * a[i + 3];
        }
        for (; i < to; i++) {
            s0 += (double) a[i] * a[i];
        }
        return (s0 + s1) + (s2 + s3);
    }
}
