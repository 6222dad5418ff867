package dev.millrace.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An immutable table of numbers with named columns.
 *
 * <p>A table has at least one column and may have no rows. Its numbers are in memory, or in a file that is mapped and
 * read as they are asked for, see {@link ReadOptions#memory()}; selections and joined tables look at those they are made
 * of. Instances are safe to share between threads.
 */
public final class Table {

    /** The longest array a Java machine is sure to give. */
    static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

    private final List<String> columns;
    private final Rows rows;

    private Table(List<String> columns, Rows rows) {
        this.columns = columns;
        this.rows = rows;
    }

    /**
     * A table of a copy of these values.
     *
     * @param columns the names, at least one, all different
     * @param values rows × columns numbers, row by row
     * @return the table
     * @throws IllegalArgumentException if there is no column, two have one name, or the values do not fill whole rows
     */
    public static Table of(List<String> columns, double[] values) {
        return owning(columns, values.clone());
    }

    /** As {@link #of}, but the array is taken over, not copied: the caller must not touch it again. */
    static Table owning(List<String> columns, double[] values) {
        requireNames(columns);
        if (values.length % columns.size() != 0) {
            throw new IllegalArgumentException(
                    values.length + " values do not fill whole rows of " + columns.size() + " columns");
        }
        return of(columns, HeapRows.of(values, columns.size()));
    }

    /** A table of these rows. */
    static Table of(List<String> columns, Rows rows) {
        requireNames(columns);
        return new Table(List.copyOf(columns), rows);
    }

    private static void requireNames(List<String> columns) {
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("a table needs at least one column");
        }
        Set<String> seen = new HashSet<>();
        for (String name : columns) {
            if (!seen.add(name)) {
                throw new IllegalArgumentException("two columns have the name " + Excerpt.of(name));
            }
        }
    }

    /**
     * The tables' rows, one table after the other. Columns are matched by name and come in the first table's order.
     *
     * @param tables at least one, all with the same set of column names
     * @return the rows of all
     * @throws IllegalArgumentException if there is no table
     * @throws DataException if a table lacks a column of the first, or has one more, or all together are too large
     */
    public static Table concat(List<Table> tables) {
        List<String> labels = new ArrayList<>();
        for (int i = 1; i <= tables.size(); i++) {
            labels.add("table " + i);
        }
        return concat(tables, labels);
    }

    /** As {@link #concat(List)}, naming the tables by these labels in errors. */
    static Table concat(List<Table> tables, List<String> labels) {
        if (tables.isEmpty()) {
            throw new IllegalArgumentException("there is no table to put together");
        }
        Table first = tables.get(0);
        if (tables.size() == 1) {
            return first;
        }
        long count = 0;
        List<Rows> parts = new ArrayList<>();
        for (int i = 0; i < tables.size(); i++) {
            requireSameColumns(first, labels.get(0), tables.get(i), labels.get(i));
            parts.add(tables.get(i).arranged(first.columns));
            count += tables.get(i).rows();
        }
        if (count > Integer.MAX_VALUE) {
            throw new DataException(String.join(", ", labels) + ": together they have " + count
                    + " rows, more than the " + Integer.MAX_VALUE + " a table can");
        }
        return new Table(first.columns, new JoinedRows(parts));
    }

    private static void requireSameColumns(Table first, String firstLabel, Table other, String otherLabel) {
        if (first.columns.equals(other.columns)) {
            return;
        }
        requireColumns(first.columns, firstLabel, other.columns, otherLabel);
        requireColumns(other.columns, otherLabel, first.columns, firstLabel);
    }

    private static void requireColumns(List<String> wanted, String wantedBy, List<String> present, String label) {
        Set<String> names = new HashSet<>(present);
        for (String name : wanted) {
            if (!names.contains(name)) {
                throw lacking(label, name, wantedBy);
            }
        }
    }

    private static DataException lacking(String label, String column, String otherLabel) {
        return new DataException(label + " has no column " + Excerpt.of(column) + ", which " + otherLabel
                + " has; give files with the same columns, or pick common ones with --columns");
    }

    private Rows arranged(List<String> order) {
        if (order.equals(columns)) {
            return rows;
        }
        Map<String, Integer> where = new HashMap<>();
        for (int c = 0; c < columns.size(); c++) {
            where.put(columns.get(c), c);
        }
        return new ArrangedRows(rows, order.stream().mapToInt(where::get).toArray());
    }

    /**
     * How many rows there are.
     *
     * @return the rows, 0 or more
     */
    public int rows() {
        return rows.count();
    }

    /**
     * The column names, in order.
     *
     * @return an unmodifiable list of at least one name
     */
    public List<String> columns() {
        return columns;
    }

    /**
     * One number.
     *
     * @param row from 0
     * @param column from 0
     * @return the number there
     * @throws IndexOutOfBoundsException if there is no such row or column
     */
    public double get(int row, int column) {
        requireRow(row);
        if (column < 0 || column >= columns.size()) {
            throw new IndexOutOfBoundsException("column " + column + " of " + columns.size());
        }
        return rows.get(row, column);
    }

    /**
     * Copies a row into a caller's array.
     *
     * @param row from 0
     * @param into receives as many numbers as there are columns
     * @param at where in it the row starts
     * @throws IndexOutOfBoundsException if there is no such row, or the array is too short
     */
    public void copyRow(int row, double[] into, int at) {
        requireRow(row);
        rows.copy(row, into, at);
    }

    /**
     * All numbers, row by row: the number in row r and column c is at r × columns + c.
     *
     * @return a copy
     * @throws IllegalStateException if there are more than an array can hold
     */
    public double[] values() {
        long cells = (long) rows() * columns.size();
        if (cells > MAX_ARRAY) {
            throw new IllegalStateException(cells + " numbers are more than an array can hold");
        }
        double[] values = new double[(int) cells];
        for (int row = 0; row < rows(); row++) {
            rows.copy(row, values, row * columns.size());
        }
        return values;
    }

    /**
     * The table of some of the rows, in the order given; a row may be picked more than once. It looks at this table, and
     * copies no row.
     *
     * @param picked row numbers from 0; copied
     * @return a table of these rows
     * @throws IndexOutOfBoundsException if there is no such row
     */
    public Table select(int[] picked) {
        return selectOwning(picked.clone());
    }

    /** As {@link #select}, but the array is taken over, not copied. */
    Table selectOwning(int[] picked) {
        for (int row : picked) {
            requireRow(row);
        }
        return new Table(columns, new SelectedRows(rows, picked));
    }

    private void requireRow(int row) {
        if (row < 0 || row >= rows()) {
            throw new IndexOutOfBoundsException("row " + row + " of " + rows());
        }
    }

    /** The shape and the names, not the numbers. */
    @Override
    public String toString() {
        return "Table[" + rows() + " rows of " + columns + "]";
    }
}
