package dev.millrace.kernel;

/**
 * The matrix B of many products, in the order in which the kernel reads it: one panel of columns after the other, row by
 * row. Where columns of a row-major matrix are apart, a kernel waits for each row anew when the matrix is not in its
 * nearest cache, and rows whose distance is a power of two drive each other out of it.
 */
public final class PanelMatrix {

    private final Kernel kernel;
    private final int rows;
    private final int columns;
    private final float[] data;

    PanelMatrix(Kernel kernel, int rows, int columns) {
        this.kernel = kernel;
        this.rows = rows;
        this.columns = columns;
        int width = 0;
        while (width < columns) {
            width += kernel.panel(columns - width);
        }
        this.data = new float[Math.multiplyExact(rows, width)];
    }

    /** A matrix of zeros for the active kernel. */
    public static PanelMatrix of(int rows, int columns) {
        return new PanelMatrix(Kernels.active(), rows, columns);
    }

    /** The panel that begins with column j begins at {@code j * rows}. */
    float[] data() {
        return data;
    }

    /** Takes the entries of a row-major matrix with rows of {@code stride} entries. */
    public void set(float[] from, int stride) {
        kernel.pack(rows, columns, from, 0, stride, data);
    }

    /** Takes the entries of a row-major matrix that has this one's columns as rows, of {@code stride} entries. */
    public void setTransposed(float[] from, int stride) {
        for (int j = 0; j < columns; ) {
            int width = kernel.panel(columns - j);
            Transposition.transpose(
                    Math.min(width, columns - j), rows, from, j * stride, stride, data, j * rows, width);
            j += width;
        }
    }

    /**
     * {@code C = start + A·B} with this matrix as B, as {@link Kernel#multiply} has it.
     *
     * @param m rows of C
     * @param a rows of {@code aRow} entries
     * @param start rows of {@code startStride} entries; 0 repeats one row
     * @param c rows of {@code cStride} entries
     */
    public void multiply(int m, float[] a, int aRow, float[] start, int startStride, float[] c, int cStride) {
        kernel.multiplyPanels(m, columns, rows, a, 0, aRow, data, start, 0, startStride, c, 0, cStride);
    }
}
