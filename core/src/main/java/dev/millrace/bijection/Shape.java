package dev.millrace.bijection;

import java.util.Arrays;
import java.util.List;

/**
 * The shape of one row: {@code [D]} for tables, {@code [height, width, channels]} for images, stored flat in that order.
 *
 * @param lengths each at least 1
 */
public record Shape(List<Integer> lengths) {

    /** @throws IllegalArgumentException if there is no length or one is below 1 */
    public Shape {
        lengths = List.copyOf(lengths);
        if (lengths.isEmpty() || lengths.stream().anyMatch(length -> length < 1)) {
            throw new IllegalArgumentException("a shape needs lengths of at least 1, not " + lengths);
        }
    }

    /** A shape of these lengths. */
    public static Shape of(int... lengths) {
        return new Shape(Arrays.stream(lengths).boxed().toList());
    }

    /** Entries of a row. */
    public int size() {
        return lengths.stream().reduce(1, Math::multiplyExact);
    }

    @Override
    public String toString() {
        return lengths.toString();
    }
}
