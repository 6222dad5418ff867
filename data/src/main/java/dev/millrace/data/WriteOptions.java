package dev.millrace.data;

import java.util.Set;

/**
 * How a table is written as text; {@code .npy} has neither names nor formatting.
 *
 * @param wholeColumns names of columns whose whole numbers are written {@code 3}, not {@code 3.0}; names that are not
 *     columns are ignored
 * @param header whether the first line has the column names
 */
public record WriteOptions(Set<String> wholeColumns, boolean header) {

    /** Takes copies. */
    public WriteOptions {
        wholeColumns = Set.copyOf(wholeColumns);
    }

    /**
     * A header, and every number with its point.
     *
     * @return the default settings
     */
    public static WriteOptions defaults() {
        return new WriteOptions(Set.of(), true);
    }

    /**
     * These settings with other whole columns.
     *
     * @param names of the columns that hold counts, codes and the like
     * @return changed settings
     */
    public WriteOptions withWholeColumns(Set<String> names) {
        return new WriteOptions(names, header);
    }

    /**
     * These settings with or without a header.
     *
     * @param wanted whether the first line has the column names
     * @return changed settings
     */
    public WriteOptions withHeader(boolean wanted) {
        return new WriteOptions(wholeColumns, wanted);
    }
}
