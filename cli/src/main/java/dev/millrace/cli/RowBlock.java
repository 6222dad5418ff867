package dev.millrace.cli;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Successive rows of a source; some may have been dropped for a missing cell. Filled by one thread, then handed on. */
final class RowBlock {

    private static final int MOST_ROWS = 1024;
    private static final int MOST_ENTRIES = 1 << 18;

    private final int width;
    private final double[] values;
    private final long[] lines;
    private final List<List<String>> cells = new ArrayList<>();
    private final BitSet kept = new BitSet();
    private int keptCount;

    /** @param width columns of a kept row */
    RowBlock(int width) {
        int rows = capacity(width);
        this.width = width;
        this.values = new double[rows * width];
        this.lines = new long[rows];
    }

    /** How many rows of a width a block has room for. */
    static int capacity(int width) {
        return Math.max(1, Math.min(MOST_ROWS, MOST_ENTRIES / width));
    }

    boolean isFull() {
        return size() == lines.length;
    }

    /** All rows. */
    int size() {
        return cells.size();
    }

    /** Rows that were not dropped. */
    int keptCount() {
        return keptCount;
    }

    void keep(long line, List<String> rawCells, double[] row) {
        System.arraycopy(row, 0, values, keptCount * width, width);
        lines[keptCount++] = line;
        kept.set(size());
        cells.add(rawCells);
    }

    void drop(List<String> rawCells) {
        cells.add(rawCells);
    }

    /** Numbers of the kept rows, one row after the other; this block's own array. */
    double[] values() {
        return values;
    }

    /** Where the i-th kept row stands in the source. */
    long line(int i) {
        return lines[i];
    }

    boolean isKept(int row) {
        return kept.get(row);
    }

    List<String> cells(int row) {
        return cells.get(row);
    }
}
