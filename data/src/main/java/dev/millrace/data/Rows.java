package dev.millrace.data;

/**
 * The numbers of a table, wherever they are kept. Safe for several threads that read at once; whoever asks has checked
 * that the place is one.
 */
sealed interface Rows permits HeapRows, MappedRows, SelectedRows, JoinedRows, ArrangedRows {

    /** How many rows there are. */
    int count();

    /** Numbers of a row. */
    int columns();

    /** One number. */
    double get(int row, int column);

    /** Copies a row into an array, from a place on. */
    void copy(int row, double[] into, int at);
}
