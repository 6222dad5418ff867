package dev.millrace.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An immutable table of numbers with named columns, held row by row in one flat array.
 *
 * <p>A table has at least one column, may have no rows, and holds at most {@link #MAX_CELLS} cells. Instances are safe
 * to share between threads.
 */
public final class Table {

    /** The most cells a table can hold: the longest array a Java machine is sure to give. */
    public static final int MAX_CELLS = Integer.MAX_VALUE - 8;

    private final List<String> columns;
    private final int rows;
    private final double[] values;

    private Table(List<String> columns, double[] values) {
        this.columns = columns;
        this.values = values;
        this.rows = values.length / columns.size();
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
        List<String> names = List.copyOf(columns);
        if (names.isEmpty()) {
            throw new IllegalArgumentException("a table needs at least one column");
        }
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!seen.add(name)) {
                throw new IllegalArgumentException("two columns have the name " + Excerpt.of(name));
            }
        }
        if (values.length % names.size() != 0) {
            throw new IllegalArgumentException(
                    values.length + " values do not fill whole rows of " + names.size() + " columns");
        }
        return new Table(names, values);
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
        long cells = 0;
        for (int i = 0; i < tables.size(); i++) {
            requireSameColumns(first, labels.get(0), tables.get(i), labels.get(i));
            cells += tables.get(i).values.length;
        }
        if (cells > MAX_CELLS) {
            throw new DataException(String.join(", ", labels) + ": together they hold " + cells
                    + " numbers, more than the " + MAX_CELLS + " a table can");
        }
        double[] all = new double[(int) cells];
        int at = 0;
        for (Table table : tables) {
            table.copyInOrder(first.columns, all, at);
            at += table.values.length;
        }
        return new Table(first.columns, all);
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

    private void copyInOrder(List<String> order, double[] into, int at) {
        if (order.equals(columns)) {
            System.arraycopy(values, 0, into, at, values.length);
            return;
        }
        Map<String, Integer> where = new HashMap<>();
        for (int c = 0; c < columns.size(); c++) {
            where.put(columns.get(c), c);
        }
        int[] from = order.stream().mapToInt(where::get).toArray();
        for (int row = 0; row < values.length; row += from.length) {
            for (int c = 0; c < from.length; c++) {
                into[at + row + c] = values[row + from[c]];
            }
        }
    }

    /**
     * How many rows there are.
     *
     * @return the rows, 0 or more
     */
    public int rows() {
        return rows;
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
        if (column < 0 || column >= columns.size()) {
            throw new IndexOutOfBoundsException("column " + column + " of " + columns.size());
        }
        return values[offset(row) + column];
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
        System.arraycopy(values, offset(row), into, at, columns.size());
    }

    /**
     * All numbers, row by row: the number in row r and column c is at r × columns + c.
     *
     * @return the table's own array, shared and not copied: it must not be modified
     */
    public double[] values() {
        return values;
    }

    /**
     * The table of some of the rows, in the order given; a row may be picked more than once.
     *
     * @param picked row numbers from 0
     * @return a table of these rows
     * @throws IndexOutOfBoundsException if there is no such row
     * @throws IllegalArgumentException if the result would be too large for a table
     */
    public Table select(int[] picked) {
        int width = columns.size();
        long cells = (long) picked.length * width;
        if (cells > MAX_CELLS) {
            throw new IllegalArgumentException(cells + " numbers are more than a table can hold");
        }
        double[] chosen = new double[(int) cells];
        for (int i = 0; i < picked.length; i++) {
            copyRow(picked[i], chosen, i * width);
        }
        return new Table(columns, chosen);
    }

    private int offset(int row) {
        if (row < 0 || row >= rows) {
            throw new IndexOutOfBoundsException("row " + row + " of " + rows);
        }
        return row * columns.size();
    }

    /** The shape and the names, not the numbers. */
    @Override
    public String toString() {
        return "Table[" + rows + " rows of " + columns + "]";
    }
}
