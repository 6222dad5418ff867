package dev.millrace.data;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Finds out whether a column takes few values, and on which lattice. */
final class DiscreteDetector {

    /** A value must on average be taken by at least so many rows. */
    private static final int ROWS_PER_VALUE = 20;

    /** The most values looked for, for the sake of memory. */
    private static final int MOST_VALUES = 1 << 20;

    private DiscreteDetector() {}

    /**
     * How to encode a column.
     *
     * @throws IllegalArgumentException if a number in it is not finite
     * @throws DataException if it takes few values, but one so large that noise of the step is lost in it
     */
    static ColumnEncoding detect(Table table, int column) {
        String name = table.columns().get(column);
        // However few rows there are, a column that never changes is discrete.
        int limit = Math.min(MOST_VALUES, Math.max(1, table.rows() / ROWS_PER_VALUE));
        Optional<ColumnEncoding.Discrete> discrete =
                distinct(table, column, limit).flatMap(values -> discrete(name, values));
        discrete.ifPresent(ColumnEncoding.Discrete::requireSpread);
        return discrete.isPresent() ? discrete.get() : new ColumnEncoding.Continuous(name);
    }

    /** The column's values, ascending; empty if there are more than the limit. */
    private static Optional<double[]> distinct(Table table, int column, int limit) {
        DistinctValues seen = new DistinctValues(limit);
        boolean few = true;
        for (int row = 0; row < table.rows() && few; row++) {
            double value = table.get(row, column);
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("row " + row + ", column "
                        + Excerpt.of(table.columns().get(column)) + " is " + value + ", not a finite number");
            }
            few = seen.add(value);
        }
        return few ? Optional.of(seen.sorted()) : Optional.empty();
    }

    private static Optional<ColumnEncoding.Discrete> discrete(String name, double[] values) {
        double min = values[0];
        double max = values[values.length - 1];
        if (values.length == 1) {
            return Optional.of(new ColumnEncoding.Discrete(name, 1, min, false, min, max, 1, List.of(min)));
        }
        Optional<Lattice> lattice = Lattice.of(values);
        if (lattice.isPresent()) {
            return Optional.of(new ColumnEncoding.Discrete(
                    name, lattice.get().step(), lattice.get().origin(), true, min, max, values.length, List.of()));
        }
        double gap = Lattice.smallestGap(values);
        // Two values so far apart that no double is as wide as the gap between them.
        if (!Double.isFinite(gap)) {
            return Optional.empty();
        }
        List<Double> known = values.length > ColumnEncoding.Discrete.MAX_VALUES
                ? List.of()
                : Arrays.stream(values).boxed().toList();
        return Optional.of(new ColumnEncoding.Discrete(name, gap, min, false, min, max, values.length, known));
    }
}
