package dev.millrace.model;

import java.util.List;

/**
 * What an architecture may still claim. A file's architecture is only text: before a part is put together, the file must
 * have shown that it holds the part's tensors. It counts tensors and numbers, since a tensor of one number takes as much
 * memory as one of sixteen, and a layer of few numbers as much as its objects do.
 */
final class Budget {

    /** Entries of rows for each character of the architecture: deep layers of images list few of their row's entries. */
    private static final long ROW_ENTRIES_PER_CHARACTER = 2;

    /**
     * What may be claimed beyond what the file holds: a constant that is small, but enough for a file of which little is
     * missing to be refused with the name of that.
     */
    private static final int MORE_TENSORS = 16;

    private static final int MORE_NUMBERS = 1 << 12;

    private final String held;
    private long tensors;
    private long numbers;
    private long rowEntries;

    private Budget(long tensors, long numbers, long rowEntries) {
        this.held = tensors + " tensors and " + numbers + " numbers";
        this.tensors = tensors + MORE_TENSORS;
        this.numbers = numbers + MORE_NUMBERS;
        this.rowEntries = rowEntries;
    }

    /**
     * What a file shows.
     *
     * @param prefix that the names of the architecture's tensors begin with
     * @param text of the architecture
     */
    static Budget of(TensorHeader header, String prefix, String text) {
        List<TensorEntry> entries = header.entries().stream()
                .filter(entry -> entry.name().startsWith(prefix))
                .filter(entry -> entry.dtype() == Dtype.F32 || entry.dtype() == Dtype.F64)
                .toList();
        long numbers = entries.stream()
                .mapToLong(entry -> entry.byteCount() / entry.dtype().size())
                .sum();
        return new Budget(entries.size(), numbers, Settings.MAX_DIMENSION + ROW_ENTRIES_PER_CHARACTER * text.length());
    }

    /**
     * Claims tensors of one shape.
     *
     * @throws ModelFormatException if the file does not hold them
     */
    void take(Fields where, long count, long rows, long columns) {
        if (count < 0 || rows < 0 || columns < 0 || count > tensors || !has(count, rows, columns)) {
            throw new ModelFormatException(where.where() + ": needs " + (count == 1 ? "a tensor" : count + " tensors")
                    + " of " + rows + " × " + columns + " numbers, but the file holds only " + held
                    + " for it and what comes before it");
        }
        tensors -= count;
        numbers -= count * rows * columns;
    }

    /** Whether there are so many numbers; they may be too many for a long. */
    private boolean has(long count, long rows, long columns) {
        return count == 0 || rows == 0 || columns == 0 || columns <= numbers / count / rows;
    }

    /**
     * Claims arrays as long as rows, of which the file holds nothing.
     *
     * @throws ModelFormatException if the architecture is too short for so many
     */
    void takeRow(Fields where, int entries) {
        if (entries > rowEntries) {
            throw new ModelFormatException(where.where() + ": rows of " + entries
                    + " entries, but the layers list so few that there are only " + rowEntries + " left");
        }
        rowEntries -= entries;
    }

    /** What has not been claimed of what the file holds. */
    String left() {
        return tensors - MORE_TENSORS + " tensors and " + (numbers - MORE_NUMBERS) + " numbers";
    }
}
