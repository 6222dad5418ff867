package dev.millrace.bijection;

import dev.millrace.kernel.Memory;
import java.util.stream.IntStream;

/**
 * Prepares the next scale of a multi-scale flow: the first half of every pixel's channels, which go on, are brought
 * before the second half, which later layers leave alone (RealNVP, arXiv 1605.08803, section 3.6). A row then begins
 * with the image [h, w, c/2] that deeper layers work on, and ends with what has been factored out at this scale and
 * those before. It only changes the order of entries; its log-det is 0.
 */
public final class FactorOut implements Parameterless {

    private final Shape image;
    private final int dimension;

    private FactorOut(Shape image, int dimension) {
        this.image = image;
        this.dimension = dimension;
    }

    /**
     * A factoring out of half the channels of the image that rows begin with.
     *
     * @param image {@code [height, width, channels]}
     * @param dimension entries of a row, at least those of the image
     * @throws IllegalArgumentException if the channels are not even in number, or a row is too short
     */
    public static FactorOut of(Shape image, int dimension) {
        if (ImageShape.of(image).channels() % 2 != 0) {
            throw new IllegalArgumentException(
                    "cannot factor out half the channels of an image of shape " + image + ": squeeze it before");
        }
        if (dimension < image.size()) {
            throw new IllegalArgumentException(
                    "a row of " + dimension + " entries has no room for an image of shape " + image);
        }
        return new FactorOut(image, dimension);
    }

    /** Made when it is used, so that a layer costs next to nothing before, whatever size a file claims. */
    private Permutation permutation() {
        return Permutation.of(source(image, dimension));
    }

    private static int[] source(Shape image, int dimension) {
        ImageShape shape = ImageShape.of(image);
        int[] source = IntStream.range(0, dimension).toArray();
        int half = shape.channels() / 2;
        for (int entry = 0; entry < image.size(); entry++) {
            int pixel = entry / shape.channels();
            int channel = shape.channel(entry);
            int to = channel < half ? pixel * half + channel : image.size() / 2 + pixel * half + channel - half;
            source[to] = entry;
        }
        return source;
    }

    /** {@code [height, width, channels]} before factoring out. */
    public Shape image() {
        return image;
    }

    /** {@code [height, width, channels / 2]}, with which rows begin afterwards. */
    public Shape remaining() {
        ImageShape shape = ImageShape.of(image);
        return Shape.of(shape.height(), shape.width(), shape.channels() / 2);
    }

    @Override
    public Shape inputShape() {
        return Shape.of(dimension);
    }

    @Override
    public Permutation inverted() {
        return permutation().inverted();
    }

    @Override
    public Pass pass(int maxRows, Memory memory) {
        return permutation().pass(maxRows, memory);
    }
}
