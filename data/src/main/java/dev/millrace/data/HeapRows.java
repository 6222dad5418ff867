package dev.millrace.data;

/**
 * Rows in memory, in pieces so that there may be more numbers than an array can hold.
 *
 * @param count how many rows
 * @param columns numbers of a row
 * @param pieces the rows one after the other; only the last piece may have fewer than the others
 * @param pieceRows rows of a piece
 */
record HeapRows(int count, int columns, double[][] pieces, int pieceRows) implements Rows {

    /** Rows in one array, which the caller must not touch again. */
    static HeapRows of(double[] values, int columns) {
        int count = values.length / columns;
        return new HeapRows(count, columns, new double[][] {values}, Math.max(1, count));
    }

    @Override
    public double get(int row, int column) {
        return pieces[row / pieceRows][row % pieceRows * columns + column];
    }

    @Override
    public void copy(int row, double[] into, int at) {
        System.arraycopy(pieces[row / pieceRows], row % pieceRows * columns, into, at, columns);
    }
}
