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

    int rows() {
        return rows;
    }

    int columns() {
        return columns;
    }

    /** The panel that begins with column j begins at {@code j * rows()}. */
    float[] data() {
        return data;
    }

    /** Takes the entries of a row-major matrix with rows of {@code stride} entries. */
    public void set(float[] from, int stride) {
        for (int j = 0; j < columns; ) {
            int width = kernel.panel(columns - j);
            int count = Math.min(width, columns - j);
            for (int i = 0; i < rows; i++) {
                System.arraycopy(from, i * stride + j, data, j * rows + i * width, count);
            }
            j += width;
        }
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
}
