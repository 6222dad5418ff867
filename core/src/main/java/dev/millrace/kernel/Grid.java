package dev.millrace.kernel;

import java.util.Arrays;

/**
 * Where the pixels of images lie in a flat float array: image after image, row after row, pixel after pixel, and in each
 * pixel its channels. Every image has a border of one pixel on all sides, which is zero where a convolution reads it, so
 * that no inner loop needs a branch. Channels are padded to whole vectors ({@link Padding#padded}).
 *
 * @param height rows of an image without its border, at least 1
 * @param width pixels of a row without the border, at least 1
 */
public record Grid(int height, int width) {

    /** @throws IllegalArgumentException if a length is below 1 */
    public Grid {
        if (height < 1 || width < 1) {
            throw new IllegalArgumentException("an image has at least 1 × 1 pixels, not " + height + " × " + width);
        }
    }

    /** Pixels of an image without its border. */
    public int pixels() {
        return Math.multiplyExact(height, width);
    }

    /** Entries of an image with its border. */
    public int size(int channels) {
        return Math.multiplyExact(Math.multiplyExact(height + 2, width + 2), channels);
    }

    /** Entries from the start of a row of pixels to the start of the next. */
    public int rowStride(int channels) {
        return (width + 2) * channels;
    }

    /** Where a pixel begins; the border has y = −1 and y = height, x = −1 and x = width. */
    public int at(int image, int y, int x, int channels) {
        return ((image * (height + 2) + y + 1) * (width + 2) + x + 1) * channels;
    }

    /** Sets the border of the first {@code images} images to zero. */
    public void clearBorder(int images, int channels, float[] values) {
        int row = rowStride(channels);
        for (int image = 0; image < images; image++) {
            int first = at(image, -1, -1, channels);
            int last = at(image, height, -1, channels);
            Arrays.fill(values, first, first + row, 0);
            Arrays.fill(values, last, last + row, 0);
            for (int at = first + row; at < last; at += row) {
                Arrays.fill(values, at, at + channels, 0);
                Arrays.fill(values, at + row - channels, at + row, 0);
            }
        }
    }
}
