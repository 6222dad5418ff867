package dev.millrace.bijection;

import dev.millrace.kernel.Memory;
import java.util.stream.IntStream;

/**
 * Space to depth: every 2 × 2 pixels become one with four times the channels, [h, w, c] → [h/2, w/2, 4c] (RealNVP, arXiv
 * 1605.08803, section 3.6). It only changes the order of entries; its log-det is 0. In a row that is longer than the
 * image, the image comes first and the rest is passed through.
 */
public final class Squeeze implements Parameterless {

    /** In which order the new channels stand. (y, x) is the place of a pixel within its square. */
    public enum Order {
        /** Channel by channel, each with its pixels (0, 0), (0, 1), (1, 0), (1, 1): new channel 4c + 2y + x. */
        PLAIN,
        /**
         * Pixel by pixel in the order (0, 0), (1, 1), (0, 1), (1, 0), each with all channels: the first half of the new
         * channels are the even pixels of a checkerboard. The official RealNVP code squeezes like this before it factors
         * out the second half.
         */
        CHECKERBOARD
    }

    private static final int[] CHECKERBOARD_BLOCK = {0, 2, 3, 1};

    private final Shape image;
    private final Order order;
    private final int dimension;
    private final boolean isUndone;

    private Squeeze(Shape image, Order order, int dimension, boolean isUndone) {
        this.image = image;
        this.order = order;
        this.dimension = dimension;
        this.isUndone = isUndone;
    }

    /**
     * A squeeze of whole rows.
     *
     * @param image {@code [height, width, channels]}
     * @throws IllegalArgumentException if the height or the width is odd
     */
    public static Squeeze of(Shape image, Order order) {
        return of(image, order, image.size());
    }

    /**
     * A squeeze of the leading entries of rows.
     *
     * @param image {@code [height, width, channels]}
     * @param dimension entries of a row, at least those of the image
     * @throws IllegalArgumentException if the height or the width is odd, or a row is too short
     */
    public static Squeeze of(Shape image, Order order, int dimension) {
        ImageShape shape = ImageShape.of(image);
        if (shape.height() % 2 != 0 || shape.width() % 2 != 0) {
            throw new IllegalArgumentException(
                    "cannot squeeze an image of " + shape.height() + " × " + shape.width() + ": both must be even");
        }
        if (dimension < image.size()) {
            throw new IllegalArgumentException(
                    "a row of " + dimension + " entries has no room for an image of shape " + image);
        }
        return new Squeeze(image, order, dimension, false);
    }

    private static int[] source(Shape image, Order order, int dimension) {
        ImageShape from = ImageShape.of(image);
        ImageShape to = ImageShape.of(squeezed(image));
        int[] source = IntStream.range(0, dimension).toArray();
        for (int entry = 0; entry < image.size(); entry++) {
            int row = from.row(entry);
            int column = from.column(entry);
            int pixel = 2 * (row % 2) + column % 2;
            int channel = order == Order.PLAIN
                    ? 4 * from.channel(entry) + pixel
                    : CHECKERBOARD_BLOCK[pixel] * from.channels() + from.channel(entry);
            source[to.entry(row / 2, column / 2, channel)] = entry;
        }
        return source;
    }

    private static Shape squeezed(Shape image) {
        ImageShape shape = ImageShape.of(image);
        return Shape.of(shape.height() / 2, shape.width() / 2, Math.multiplyExact(4, shape.channels()));
    }

    /** {@code [height, width, channels]} before squeezing. */
    public Shape image() {
        return image;
    }

    /** {@code [height / 2, width / 2, 4 · channels]}. */
    public Shape squeezed() {
        return squeezed(image);
    }

    public Order order() {
        return order;
    }

    /** Whether this goes from the squeezed image to the other. */
    public boolean isUndone() {
        return isUndone;
    }

    @Override
    public Shape inputShape() {
        return Shape.of(dimension);
    }

    /** Depth to space. */
    @Override
    public Squeeze inverted() {
        return new Squeeze(image, order, dimension, !isUndone);
    }

    @Override
    public Pass pass(int maxRows, Memory memory) {
        // Made here, so that a layer costs next to nothing until it is used, whatever size a file claims.
        Permutation squeezing = Permutation.of(source(image, order, dimension));
        return (isUndone ? squeezing.inverted() : squeezing).pass(maxRows, memory);
    }
}
