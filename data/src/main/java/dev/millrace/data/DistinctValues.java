package dev.millrace.data;

import java.util.Arrays;

/** A set of numbers up to a limit: as soon as there are more it is of no use, and says so. */
final class DistinctValues {

    private static final int FIRST_CAPACITY = 64;

    /** An empty place, since the set holds no NaN. */
    private static final double NONE = Double.NaN;

    private final int limit;
    private double[] places = empty(FIRST_CAPACITY);
    private int size;

    /** A set of at most limit numbers, 1 or more. */
    DistinctValues(int limit) {
        this.limit = limit;
    }

    /**
     * Adds a number, if it is not there yet. 0 and −0 are the same.
     *
     * @return false if there are now more than the limit
     */
    boolean add(double value) {
        if (insert(places, value + 0.0)) {
            size++;
            if (2 * size > places.length) {
                grow();
            }
        }
        return size <= limit;
    }

    private void grow() {
        double[] larger = empty(2 * places.length);
        for (double value : places) {
            if (!Double.isNaN(value)) {
                insert(larger, value);
            }
        }
        places = larger;
    }

    /** Whether the value was not there. */
    private static boolean insert(double[] places, double value) {
        int mask = places.length - 1;
        int at = (int) SplitMix.absorb(0, Double.doubleToRawLongBits(value)) & mask;
        while (!Double.isNaN(places[at])) {
            if (places[at] == value) {
                return false;
            }
            at = at + 1 & mask;
        }
        places[at] = value;
        return true;
    }

    private static double[] empty(int capacity) {
        double[] places = new double[capacity];
        Arrays.fill(places, NONE);
        return places;
    }

    /** The numbers, ascending. */
    double[] sorted() {
        return Arrays.stream(places).filter(v -> !Double.isNaN(v)).sorted().toArray();
    }
}
