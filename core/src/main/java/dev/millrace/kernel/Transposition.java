package dev.millrace.kernel;

/** Turns the rows of a matrix into columns. */
public final class Transposition {

    private Transposition() {}

    /**
     * {@code to[j][i] = from[i][j]}; nothing else in {@code to} is written.
     *
     * @param rows of {@code from}
     * @param columns of {@code from}
     */
    public static void transpose(int rows, int columns, float[] from, int fromStride, float[] to, int toStride) {
        transpose(rows, columns, from, 0, fromStride, to, 0, toStride);
    }

    /** The same for matrices within arrays. */
    static void transpose(
            int rows, int columns, float[] from, int fromAt, int fromStride, float[] to, int toAt, int toStride) {
        int whole = rows / 4 * 4;
        for (int i = 0; i < whole; i += 4) {
            transposeFour(columns, from, fromAt + i * fromStride, fromStride, to, toAt + i, toStride);
        }
        for (int i = whole; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                to[toAt + j * toStride + i] = from[fromAt + i * fromStride + j];
            }
        }
    }

    /** Four rows at a time: their parts of a transposed row then lie side by side. */
    private static void transposeFour(
            int columns, float[] from, int row0, int fromStride, float[] to, int first, int toStride) {
        int row1 = row0 + fromStride;
        int row2 = row1 + fromStride;
        int row3 = row2 + fromStride;
        for (int j = 0, at = first; j < columns; j++, at += toStride) {
            to[at] = from[row0 + j];
            to[at + 1] = from[row1 + j];
            to[at + 2] = from[row2 + j];
            to[at + 3] = from[row3 + j];
        }
    }
}
