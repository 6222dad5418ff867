package dev.millrace.data;

import java.io.IOException;
import java.util.List;

/**
 * How rows become bytes. Columns and lengths have been checked before. An {@link IOException} may come wrapped as
 * {@link java.io.UncheckedIOException}.
 */
sealed interface RowFormat permits TextFormat, NpyFormat {

    /** Writes what stands before the rows. */
    void start() throws IOException;

    /** Writes the row of numbers that starts here. */
    void write(double[] values, int at) throws IOException;

    /** Writes cells as they are, and numbers after them. */
    void append(List<String> cells, double[] values) throws IOException;

    /** Writes what is still held back; nothing may follow. */
    void finish() throws IOException;
}
