package dev.millrace.data;

import java.io.IOException;
import java.util.List;

/**
 * Takes the rows of a table one by one as they are read, in the file's order and on the reading thread. An exception
 * thrown from any method ends the reading and reaches its caller.
 */
public interface RowSink {

    /**
     * Whether rows are to come with their text. Reading is faster without, above all of arrays.
     *
     * @return false for rows whose {@code rawCells} are an empty list
     */
    default boolean needsText() {
        return true;
    }

    /**
     * Called once, before any row.
     *
     * @param layout the names of the file's columns and of those kept
     * @throws IOException to end the reading
     */
    default void begin(RowLayout layout) throws IOException {}

    /**
     * Called for each row kept.
     *
     * @param line the 1-based line of the file the row starts on; for arrays, the 1-based row
     * @param rawCells the row as it stands in the file, all columns, unquoted; an unmodifiable list the sink may keep.
     *     For arrays, the numbers as text. Empty if no text is {@linkplain #needsText needed}
     * @param values the kept columns, all finite; the array is reused for the next row, so copy what is needed later
     * @throws IOException to end the reading
     */
    void row(long line, List<String> rawCells, double[] values) throws IOException;

    /**
     * Called in place of {@link #row} for each row left out because a kept cell is missing.
     *
     * @param line as in {@link #row}
     * @param rawCells as in {@link #row}
     * @throws IOException to end the reading
     */
    default void dropped(long line, List<String> rawCells) throws IOException {}
}
