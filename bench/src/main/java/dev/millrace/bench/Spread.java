package dev.millrace.bench;

import java.util.stream.DoubleStream;

/**
 * The middle of several values and their extremes.
 *
 * @param median the mean of the two in the middle where their number is even
 * @param least the smallest
 * @param most the largest
 */
public record Spread(double median, double least, double most) {

    /** @throws IllegalArgumentException if there is no value */
    public static Spread of(DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        if (sorted.length == 0) {
            throw new IllegalArgumentException("no value has no median");
        }
        int last = sorted.length - 1;
        return new Spread((sorted[last / 2] + sorted[(last + 1) / 2]) / 2, sorted[0], sorted[last]);
    }
}
