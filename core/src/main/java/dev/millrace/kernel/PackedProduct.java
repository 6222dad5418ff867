package dev.millrace.kernel;

/**
 * The product with a row-major matrix that no nearby cache keeps: a piece of it is laid out in panels, all rows of A use
 * it, and the next one takes its place. A row of a piece is a kilobyte, long enough for the processor to fetch ahead; a
 * register tile that reads the matrix itself takes a quarter of that from each row and waits for it.
 *
 * <p>Has room for one piece, so it serves one thread at a time.
 */
public final class PackedProduct {

    private static final int ROWS = 128;
    private static final int COLUMNS = 256;

    /** Floats that a product works in: 128 KB, a part of any second-level cache. */
    public static final int ROOM = ROWS * COLUMNS;

    /** Rows of A for which packing takes longer than it saves. */
    private static final int FEW = 16;

    private final Kernel kernel;
    private final float[] panels;

    PackedProduct(Kernel kernel, float[] room) {
        this.kernel = kernel;
        this.panels = room;
    }

    /**
     * Products by the active kernel.
     *
     * @param room {@link #ROOM} floats
     */
    public static PackedProduct in(float[] room) {
        return new PackedProduct(Kernels.active(), room);
    }

    /**
     * {@code C = start + A·B}, as {@link Kernel#multiply} has it, to the bit.
     *
     * @param m rows of C
     * @param n columns of C
     * @param k columns of A and rows of B
     * @param a rows of {@code aRow} entries
     * @param b rows of {@code bStride} entries
     * @param start rows of {@code startStride} entries; 0 repeats one row. May be {@code c}
     * @param c rows of {@code cStride} entries
     */
    public void multiply(
            int m,
            int n,
            int k,
            float[] a,
            int aRow,
            float[] b,
            int bStride,
            float[] start,
            int startStride,
            float[] c,
            int cStride) {
        if (m < FEW || k == 0) {
            kernel.multiply(m, n, k, a, 0, aRow, 1, b, bStride, start, 0, startStride, c, 0, cStride);
            return;
        }
        for (int p = 0; p < k; p += ROWS) {
            int rows = Math.min(k - p, ROWS);
            float[] from = p == 0 ? start : c;
            int fromStride = p == 0 ? startStride : cStride;
            for (int j = 0; j < n; j += COLUMNS) {
                int columns = Math.min(n - j, COLUMNS);
                kernel.pack(rows, columns, b, p * bStride + j, bStride, panels);
                kernel.multiplyPanels(m, columns, rows, a, p, aRow, panels, from, j, fromStride, c, j, cStride);
            }
        }
    }
}
