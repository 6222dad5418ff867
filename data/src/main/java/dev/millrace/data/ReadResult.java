package dev.millrace.data;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What reading gave.
 *
 * @param table the rows kept
 * @param droppedRows how many rows were left out because a cell was missing; 0 under {@link ReadOptions.Missing#FAIL}
 * @param source the name of what was read, for messages
 * @param onDisk of rows that are not in memory, see {@link ReadOptions#memory()}, what is done with them, as the end of a
 *     sentence that begins with them; else empty
 */
public record ReadResult(Table table, long droppedRows, String source, Optional<String> onDisk) {

    /** Checks the parts. */
    public ReadResult {
        Objects.requireNonNull(table, "table");
        Objects.requireNonNull(source, "source");
        if (droppedRows < 0) {
            throw new IllegalArgumentException("droppedRows is " + droppedRows);
        }
    }

    /**
     * Rows in memory.
     *
     * @param table the rows kept
     * @param droppedRows how many rows were left out because a cell was missing
     * @param source the name of what was read, for messages
     */
    public ReadResult(Table table, long droppedRows, String source) {
        this(table, droppedRows, source, Optional.empty());
    }

    /** These rows, of which this is to be said. */
    ReadResult onDisk(String what) {
        return new ReadResult(table, droppedRows, source, Optional.of(what));
    }

    /**
     * Several files as one: their rows one after the other, columns matched by name, in the first one's order.
     *
     * @param parts at least one
     * @return all together
     * @throws IllegalArgumentException if there is no part
     * @throws DataException if the column names differ, naming the files and the column, or all are too large together
     */
    public static ReadResult concat(List<ReadResult> parts) {
        List<String> sources = parts.stream().map(ReadResult::source).toList();
        Table all = Table.concat(parts.stream().map(ReadResult::table).toList(), sources);
        long dropped = parts.stream().collect(Collectors.summingLong(ReadResult::droppedRows));
        return new ReadResult(all, dropped, String.join(", ", sources));
    }
}
