package dev.millrace.bijection;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.IntPredicate;

/**
 * Which entries of a row a coupling passes through (A) and which it transforms (B). B is never empty; A is empty only
 * where a row has a single entry.
 */
public final class Partition {

    private final int dimension;
    private final int[] untouched;
    private final int[] transformed;

    private Partition(int dimension, IntPredicate isUntouched) {
        this.dimension = dimension;
        List<Integer> a = new ArrayList<>();
        List<Integer> b = new ArrayList<>();
        for (int i = 0; i < dimension; i++) {
            (isUntouched.test(i) ? a : b).add(i);
        }
        this.untouched = a.stream().mapToInt(i -> i).toArray();
        this.transformed = b.stream().mapToInt(i -> i).toArray();
        if (transformed.length == 0) {
            throw new IllegalArgumentException("a partition of " + dimension + " entries must leave one to transform");
        }
    }

    /** A is the first half; the larger half where the number is odd, except that a single entry belongs to B. */
    public static Partition firstHalf(int dimension) {
        int half = dimension == 1 ? 0 : (dimension + 1) / 2;
        return new Partition(dimension, i -> i < half);
    }

    /** A is entries 0, 2, 4, …; a single entry belongs to B. */
    public static Partition even(int dimension) {
        return new Partition(dimension, i -> i % 2 == 0 && dimension > 1);
    }

    /**
     * A is the given entries.
     *
     * @throws IllegalArgumentException if an index is outside 0 … dimension − 1 or no entry is left for B
     */
    public static Partition untouched(int dimension, int... indices) {
        TreeSet<Integer> a = new TreeSet<>();
        for (int index : indices) {
            if (index < 0 || index >= dimension || !a.add(index)) {
                throw new IllegalArgumentException("a partition of " + dimension
                        + " entries takes distinct indices from 0 to " + (dimension - 1) + ", not " + index);
            }
        }
        return new Partition(dimension, a::contains);
    }

    /** A and B exchanged; the same partition where A is empty. */
    public Partition exchanged() {
        return untouched.length == 0 ? this : untouched(dimension, transformed);
    }

    /** Entries of a row. */
    public int dimension() {
        return dimension;
    }

    /** The indices of A, ascending. */
    public int[] untouched() {
        return untouched.clone();
    }

    /** The indices of B, ascending. */
    public int[] transformed() {
        return transformed.clone();
    }
}
