package dev.millrace.bijection;

import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Which entries of a row a coupling passes through and shows to its conditioner (A), and which it transforms (B). B is
 * never empty; A is empty only where a row has a single entry. Entries in neither are passed through unseen.
 */
public final class Partition {

    private final int dimension;
    private final int[] untouched;
    private final int[] transformed;

    private Partition(int dimension, int[] untouched, int[] transformed) {
        this.dimension = dimension;
        this.untouched = untouched;
        this.transformed = transformed;
        if (transformed.length == 0) {
            throw new IllegalArgumentException("a partition of " + dimension + " entries must leave one to transform");
        }
    }

    private static Partition of(int dimension, IntPredicate isUntouched) {
        return new Partition(
                dimension,
                IntStream.range(0, dimension).filter(isUntouched).toArray(),
                IntStream.range(0, dimension).filter(isUntouched.negate()).toArray());
    }

    /** A is the first half; the larger half where the number is odd, except that a single entry belongs to B. */
    public static Partition firstHalf(int dimension) {
        int half = dimension == 1 ? 0 : (dimension + 1) / 2;
        return of(dimension, i -> i < half);
    }

    /** A is entries 0, 2, 4, …; a single entry belongs to B. */
    public static Partition even(int dimension) {
        return of(dimension, i -> i % 2 == 0 && dimension > 1);
    }

    /**
     * A is the pixels whose row and column add up to an odd number, with all their channels (RealNVP, arXiv 1605.08803,
     * figure 3).
     *
     * @param image {@code [height, width, channels]}
     * @throws IllegalArgumentException if it has not two pixels
     */
    public static Partition checkerboard(Shape image) {
        ImageShape shape = ImageShape.of(image);
        if (shape.height() * shape.width() < 2) {
            throw new IllegalArgumentException("a checkerboard needs at least 2 pixels, not the image " + image);
        }
        return of(image.size(), i -> (shape.row(i) + shape.column(i)) % 2 == 1);
    }

    /**
     * A is the first half of the channels of every pixel, the larger half where their number is odd.
     *
     * @param image {@code [height, width, channels]}
     * @throws IllegalArgumentException if it has not two channels
     */
    public static Partition firstChannels(Shape image) {
        ImageShape shape = ImageShape.of(image);
        if (shape.channels() < 2) {
            throw new IllegalArgumentException(
                    "channels cannot be halved in the image " + image + ": squeeze it before");
        }
        int half = (shape.channels() + 1) / 2;
        return of(image.size(), i -> shape.channel(i) < half);
    }

    /**
     * A is the given entries, B all others.
     *
     * @throws IllegalArgumentException if an index is outside 0 … dimension − 1 or no entry is left for B
     */
    public static Partition untouched(int dimension, int... indices) {
        boolean[] taken = new boolean[dimension];
        int[] a = take(dimension, indices, taken);
        return new Partition(
                dimension,
                a,
                IntStream.range(0, dimension).filter(i -> !taken[i]).toArray());
    }

    /**
     * A and B are the given entries.
     *
     * @throws IllegalArgumentException if an index is outside 0 … dimension − 1 or given twice, or B is empty
     */
    public static Partition of(int dimension, int[] untouched, int[] transformed) {
        boolean[] taken = new boolean[dimension];
        return new Partition(dimension, take(dimension, untouched, taken), take(dimension, transformed, taken));
    }

    private static int[] take(int dimension, int[] indices, boolean[] taken) {
        for (int index : indices) {
            if (index < 0 || index >= dimension || taken[index]) {
                throw new IllegalArgumentException("a partition of " + dimension
                        + " entries takes distinct indices from 0 to " + (dimension - 1) + ", not " + index);
            }
            taken[index] = true;
        }
        return Arrays.stream(indices).sorted().toArray();
    }

    /** A and B exchanged; the same partition where A is empty. */
    public Partition exchanged() {
        return untouched.length == 0 ? this : new Partition(dimension, transformed, untouched);
    }

    /**
     * The same entries of rows of {@code dimension} entries, of which all further ones are passed through unseen.
     *
     * @throws IllegalArgumentException if that are fewer than this partition's
     */
    public Partition within(int dimension) {
        return of(dimension, untouched, transformed);
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
