package dev.millrace.kernel;

/**
 * The product of one row with a row-major matrix, of which it reads only the rows that an entry other than zero multiplies: half of
 * them after a ReLU. A single row has to wait for weights, not for arithmetic.
 *
 * <p>Has room for one row's entries, so it serves one thread at a time.
 */
public final class RowProduct {

    private final Kernel kernel;
    private final int[] entries;

    RowProduct(Kernel kernel, int[] room) {
        this.kernel = kernel;
        this.entries = room;
    }

    /**
     * Products by the active kernel.
     *
     * @param room for a number for each entry of the longest row
     */
    public static RowProduct in(int[] room) {
        return new RowProduct(Kernels.active(), room);
    }

    /**
     * {@code c = start + a·B}, equal to {@link Kernel#multiply} for a finite B. (Where that adds a zero to a sum of −0 it gets +0;
     * nothing is added here.)
     *
     * @param n columns of B
     * @param k entries of the row
     * @param a the row
     * @param b rows of {@code bStride} entries
     * @param start n entries; may be {@code c}
     * @param c n entries
     */
    public void multiply(int n, int k, float[] a, float[] b, int bStride, float[] start, float[] c) {
        kernel.multiplyRow(n, a, entries, findNonZeros(a, k), b, bStride, start, c);
    }

    /** Without a branch that depends on an entry: half of them would be predicted wrongly. */
    private int findNonZeros(float[] a, int k) {
        int count = 0;
        for (int i = 0; i < k; i++) {
            entries[count] = i;
            int withoutSign = Float.floatToRawIntBits(a[i]) << 1;
            count += (withoutSign | -withoutSign) >>> 31;
        }
        return count;
    }
}
