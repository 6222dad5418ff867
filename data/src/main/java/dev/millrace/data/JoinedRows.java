package dev.millrace.data;

import java.util.Arrays;
import java.util.List;

/** The rows of several, one after the other, all of the same columns. */
final class JoinedRows implements Rows {

    /** Those that have rows, so that no two begin at one. */
    private final List<Rows> parts;

    private final int columns;
    /** The first row of each part, and how many there are in all. */
    private final int[] starts;

    /** @throws ArithmeticException if together they have more rows than can be counted */
    JoinedRows(List<Rows> all) {
        columns = all.get(0).columns();
        parts = all.stream().filter(rows -> rows.count() > 0).toList();
        starts = new int[parts.size() + 1];
        for (int i = 0; i < parts.size(); i++) {
            starts[i + 1] = Math.addExact(starts[i], parts.get(i).count());
        }
    }

    @Override
    public int count() {
        return starts[parts.size()];
    }

    @Override
    public int columns() {
        return columns;
    }

    @Override
    public double get(int row, int column) {
        int part = part(row);
        return parts.get(part).get(row - starts[part], column);
    }

    @Override
    public void copy(int row, double[] into, int at) {
        int part = part(row);
        parts.get(part).copy(row - starts[part], into, at);
    }

    /** The last part that begins at the row or before it. */
    private int part(int row) {
        int found = Arrays.binarySearch(starts, row);
        return found < 0 ? -found - 2 : found;
    }
}
