package dev.millrace.bijection;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Which entries of a row a normalisation works on, and which of them share their statistics and parameters: the entries
 * of a channel of an image do, wherever in the image they are. Immutable.
 */
public final class Channels {

    private static final int NONE = -1;

    private final int[] entries;
    private final int count;
    /** The channel of each entry of a row. */
    private final int[] channelOf;

    private Channels(int dimension, int[] entries, int count) {
        this.entries = entries;
        this.count = count;
        this.channelOf = new int[dimension];
        Arrays.fill(channelOf, NONE);
        for (int i = 0; i < entries.length; i++) {
            channelOf[entries[i]] = i % count;
        }
    }

    /** Every entry by itself. */
    public static Channels ofEntries(int dimension) {
        return new Channels(
                dimension, IntStream.range(0, Shape.of(dimension).size()).toArray(), dimension);
    }

    /** The channels of an image that is the whole row. */
    public static Channels ofImage(Shape image) {
        return of(
                image.size(),
                IntStream.range(0, image.size()).toArray(),
                ImageShape.of(image).channels());
    }

    /**
     * Some entries, which are the pixels of an image or of a part of it.
     *
     * @param dimension entries of a row
     * @param entries ascending, pixel by pixel with all channels of each: entry i belongs to channel i mod count
     * @param count how many channels there are
     * @throws IllegalArgumentException if the entries do not ascend, or are not whole pixels of the row
     */
    public static Channels of(int dimension, int[] entries, int count) {
        if (count < 1 || entries.length == 0 || entries.length % count != 0) {
            throw new IllegalArgumentException(
                    entries.length + " entries are not a whole number of pixels of " + count + " channels");
        }
        for (int i = 0; i < entries.length; i++) {
            if (entries[i] < (i == 0 ? 0 : entries[i - 1] + 1) || entries[i] >= dimension) {
                throw new IllegalArgumentException(
                        "entries must ascend from 0 to " + (dimension - 1) + ", but there is " + entries[i]);
            }
        }
        return new Channels(dimension, entries.clone(), count);
    }

    /** Entries of a row. */
    public int dimension() {
        return channelOf.length;
    }

    /** The entries that are normalised, ascending. */
    public int[] entries() {
        return entries.clone();
    }

    /** How many channels there are. */
    public int count() {
        return count;
    }

    /** How many entries of a row each channel has. */
    public int pixels() {
        return entries.length / count;
    }

    /** Gives each entry of a row its channel's number, and {@code other} to those in no channel. */
    void spread(double[] byChannel, double other, double[] byEntry) {
        for (int j = 0; j < channelOf.length; j++) {
            byEntry[j] = channelOf[j] == NONE ? other : byChannel[channelOf[j]];
        }
    }

    /** Sums up the entries of each channel, in their order. */
    void sum(double[] byEntry, double[] byChannel) {
        Arrays.fill(byChannel, 0);
        for (int entry : entries) {
            byChannel[channelOf[entry]] += byEntry[entry];
        }
    }

    /** The pixels of some rows: {@code rows · pixels()} rows of {@code count()} numbers. */
    double[] pixels(double[] x, int rows) {
        double[] pixels = new double[Math.multiplyExact(rows, entries.length)];
        for (int row = 0, at = 0; row < rows; row++) {
            for (int entry : entries) {
                pixels[at++] = x[row * channelOf.length + entry];
            }
        }
        return pixels;
    }
}
