package dev.millrace.train;

import dev.millrace.bijection.Shape;
import dev.millrace.kernel.SplitMix;

/**
 * The way between images of whole numbers and the rows a flow sees: x = (pixel + u) / levels with u uniform in (0, 1),
 * so that a row lies in (0, 1)^D and its mean log-density is a lower bound of the image's log-probability, but for a constant (Theis, van den Oord and Bethge, "A note
 * on the evaluation of generative models", 2016). Nothing else is shifted or scaled; that is the flow's.
 *
 * <p>The noise depends only on what is said at each method, so equal calls give equal bits on every machine. Immutable
 * and safe to share between threads.
 *
 * @param shape {@code [height, width, channels]} of an image, stored flat in that order
 * @param levels values that a pixel takes, 0 to {@code levels − 1}; 2 to 256
 * @param flips whether training sees each image left to right or right to left, with equal chances; scoring never does
 * @param seed of the noise and the flips
 */
public record ImageEncoding(Shape shape, int levels, boolean flips, long seed) {

    /** Pixels that are hashed together: as many bytes as a long has. */
    private static final int HASHED_PIXELS = 8;

    /** @throws IllegalArgumentException if the shape has not three lengths, or the levels are out of their range */
    public ImageEncoding {
        if (shape.lengths().size() != 3) {
            throw new IllegalArgumentException("an image has a height, a width and channels, not the shape " + shape);
        }
        if (levels < 2 || levels > 256) {
            throw new IllegalArgumentException("a pixel takes 2 to 256 levels, not " + levels);
        }
    }

    /** Images of bytes, never flipped, with seed 1. */
    public static ImageEncoding of(Shape shape) {
        return new ImageEncoding(shape, 256, false, 1);
    }

    /** This encoding for pixels of 0 to {@code levels − 1}. */
    public ImageEncoding levels(int levels) {
        return new ImageEncoding(shape, levels, flips, seed);
    }

    /** This encoding with or without horizontal flips in training. */
    public ImageEncoding flips(boolean flips) {
        return new ImageEncoding(shape, levels, flips, seed);
    }

    /** This encoding with another seed. */
    public ImageEncoding seed(long seed) {
        return new ImageEncoding(shape, levels, flips, seed);
    }

    /** Entries of a row. */
    public int dimension() {
        return shape.size();
    }

    /**
     * Images as rows to train on and to validate with.
     *
     * @param pixels unsigned, one image after the other; not copied
     * @throws IllegalArgumentException if they are not whole images, or a pixel is above the highest level
     */
    public RowSource rows(byte[] pixels) {
        int dimension = dimension();
        if (pixels.length % dimension != 0) {
            throw new IllegalArgumentException(
                    pixels.length + " pixels are not a whole number of images of shape " + shape);
        }
        for (int i = 0; i < pixels.length; i++) {
            if (Byte.toUnsignedInt(pixels[i]) >= levels) {
                throw new IllegalArgumentException("image " + i / dimension + ", entry " + i % dimension + " is "
                        + Byte.toUnsignedInt(pixels[i]) + ", but pixels are 0 to " + (levels - 1));
            }
        }
        return new RowSource() {
            @Override
            public int rows() {
                return pixels.length / dimension;
            }

            @Override
            public int dimension() {
                return dimension;
            }

            @Override
            public void read(int row, int epoch, double[] into, int at) {
                if (epoch < 0) {
                    encodeScoring(pixels, row * dimension, into, at);
                } else {
                    encodeTraining(pixels, row * dimension, epoch, row, into, at);
                }
            }
        };
    }

    /**
     * Encodes an image for training: its noise, and whether it is flipped, are functions of the seed, the epoch and the
     * row, so they are new in each epoch.
     *
     * @param pixels unsigned
     * @param from where in them the image begins
     * @param epoch from 0
     * @param row the image's place in the training set
     * @param into receives the row
     * @param at where in it the row begins
     */
    public void encodeTraining(byte[] pixels, int from, int epoch, int row, double[] into, int at) {
        SplitMix random = new SplitMix(seed, epoch);
        random.reseed(random.nextLong(), row);
        boolean flipped = flips && random.nextLong() < 0;
        dequantise(pixels, from, into, at, random);
        if (flipped) {
            flip(into, at);
        }
    }

    /**
     * Encodes an image for scoring: its noise is a function of the seed and of its own pixels, so its score does not
     * depend on which other images it is scored with.
     *
     * @param pixels unsigned
     * @param from where in them the image begins
     * @param into receives the row
     * @param at where in it the row begins
     */
    public void encodeScoring(byte[] pixels, int from, double[] into, int at) {
        // No epoch has this stream.
        SplitMix random = new SplitMix(seed, -1);
        int end = from + dimension();
        for (int i = from; i < end; i += HASHED_PIXELS) {
            long packed = 0;
            for (int j = i; j < Math.min(end, i + HASHED_PIXELS); j++) {
                packed = packed << 8 | Byte.toUnsignedLong(pixels[j]);
            }
            random.reseed(random.nextLong(), packed);
        }
        dequantise(pixels, from, into, at, random);
    }

    private void dequantise(byte[] pixels, int from, double[] into, int at, SplitMix random) {
        int dimension = dimension();
        for (int i = 0; i < dimension; i++) {
            // Of 41 bits, so that the sum is exact and never the next whole number.
            double noise = ((random.nextLong() >>> 24) + 0.5) * 0x1p-40;
            into[at + i] = (Byte.toUnsignedInt(pixels[from + i]) + noise) / levels;
        }
    }

    private void flip(double[] image, int at) {
        int height = shape.lengths().get(0);
        int width = shape.lengths().get(1);
        int channels = shape.lengths().get(2);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width / 2; x++) {
                int left = at + (y * width + x) * channels;
                int right = at + (y * width + width - 1 - x) * channels;
                for (int c = 0; c < channels; c++) {
                    double swapped = image[left + c];
                    image[left + c] = image[right + c];
                    image[right + c] = swapped;
                }
            }
        }
    }

    /**
     * Makes a row drawn from a flow an image: each entry becomes the pixel whose interval it is in; entries outside (0,
     * 1) the nearest.
     *
     * @param row holds the row
     * @param at where in it the row begins
     * @param pixels receives the image, unsigned
     * @param to where in them the image begins
     */
    public void decode(double[] row, int at, byte[] pixels, int to) {
        int dimension = dimension();
        for (int i = 0; i < dimension; i++) {
            pixels[to + i] = (byte) Math.max(0, Math.min(levels - 1, (int) Math.floor(row[at + i] * levels)));
        }
    }
}
