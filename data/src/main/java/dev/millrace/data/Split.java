package dev.millrace.data;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A random split of a table's rows into those to train on, those to validate on and those to test on.
 *
 * <p>The same number of rows, fractions and seed give the same split on every machine and JDK. Every row is in exactly
 * one part, and each part is in the table's order. Immutable and safe to share between threads.
 */
public final class Split {

    private final int[] train;
    private final int[] validation;
    private final int[] test;

    private Split(int[] train, int[] validation, int[] test) {
        this.train = train;
        this.validation = validation;
        this.test = test;
    }

    /**
     * Splits in two.
     *
     * @param rows how many there are
     * @param validation the fraction to validate on, 0 ≤ fraction &lt; 1
     * @param seed decides which
     * @return the split, without test rows
     * @throws IllegalArgumentException as in {@link #of(int, double, double, long)}
     */
    public static Split of(int rows, double validation, long seed) {
        return of(rows, validation, 0, seed);
    }

    /**
     * Splits in three. A part gets its fraction of the rows, rounded, but at least one row unless the fraction is 0;
     * training gets the rest.
     *
     * @param rows how many there are
     * @param validation the fraction to validate on, 0 ≤ fraction &lt; 1
     * @param test the fraction to test on, 0 ≤ fraction &lt; 1
     * @param seed decides which
     * @return the split
     * @throws IllegalArgumentException if a fraction is out of range, both leave nothing to train on, or there are too
     *     few rows
     */
    public static Split of(int rows, double validation, double test, long seed) {
        requireFraction("validation", validation);
        requireFraction("test", test);
        if (validation + test >= 1) {
            throw new IllegalArgumentException("the fractions to validate on, " + validation + ", and to test on, "
                    + test + ", leave nothing to train on");
        }
        int validationRows = share(rows, validation);
        int heldOut = Math.addExact(validationRows, share(rows, test));
        if (heldOut >= rows) {
            throw new IllegalArgumentException("too few rows to split, " + rows + ": none would be left to train on");
        }
        int[] order = shuffled(rows, new SplitMix(seed));
        return new Split(
                part(order, heldOut, rows), part(order, 0, validationRows), part(order, validationRows, heldOut));
    }

    private static void requireFraction(String name, double fraction) {
        if (!(fraction >= 0 && fraction < 1)) {
            throw new IllegalArgumentException(name + " is " + fraction + ", not a fraction from 0 to below 1");
        }
    }

    private static int share(int rows, double fraction) {
        return fraction == 0 ? 0 : (int) Math.max(1, Math.round(rows * fraction));
    }

    /** Fisher and Yates' shuffle. */
    private static int[] shuffled(int rows, SplitMix random) {
        int[] order = IntStream.range(0, rows).toArray();
        for (int i = rows - 1; i > 0; i--) {
            int j = random.nextBelow(i + 1);
            int kept = order[i];
            order[i] = order[j];
            order[j] = kept;
        }
        return order;
    }

    private static int[] part(int[] order, int from, int to) {
        int[] part = Arrays.copyOfRange(order, from, to);
        Arrays.sort(part);
        return part;
    }

    /**
     * The rows of a table to train on, which are looked at, not copied.
     *
     * @param table of as many rows as were split
     * @return a table of at least one row
     * @throws IndexOutOfBoundsException if it has fewer
     */
    public Table train(Table table) {
        return table.selectOwning(train);
    }

    /**
     * The rows of a table to validate on, which are looked at, not copied.
     *
     * @param table of as many rows as were split
     * @return a table, without rows only if the fraction was 0
     * @throws IndexOutOfBoundsException if it has fewer
     */
    public Table validation(Table table) {
        return table.selectOwning(validation);
    }

    /**
     * The rows of a table to test on, which are looked at, not copied.
     *
     * @param table of as many rows as were split
     * @return a table, without rows only if the fraction was 0
     * @throws IndexOutOfBoundsException if it has fewer
     */
    public Table test(Table table) {
        return table.selectOwning(test);
    }

    /**
     * The rows to train on, at least one.
     *
     * @return row numbers from 0, ascending; a copy
     */
    public int[] train() {
        return train.clone();
    }

    /**
     * The rows to validate on.
     *
     * @return row numbers from 0, ascending; a copy; empty only if the fraction was 0
     */
    public int[] validation() {
        return validation.clone();
    }

    /**
     * The rows to test on.
     *
     * @return row numbers from 0, ascending; a copy; empty only if the fraction was 0
     */
    public int[] test() {
        return test.clone();
    }
}
