package dev.millrace.net;

import dev.millrace.kernel.Grid;
import dev.millrace.kernel.Padding;
import java.util.Arrays;

/** Where the entries of flat rows stand in images with a border and padded channels; one row for each image. */
final class ImageRows {

    private final int[] at;
    private final int rowStride;
    private final int imageStride;

    /**
     * @param positions entries of a flat image of {@code channels} channels
     * @param of channels that an image has, of which those are the first ones
     * @param shift channels between where an entry would stand and where it stands
     */
    ImageRows(Grid grid, int[] positions, int channels, int of, int shift) {
        int padded = Padding.padded(of);
        at = Arrays.stream(positions)
                .map(position -> {
                    int pixel = position / channels;
                    return grid.at(0, pixel / grid.width(), pixel % grid.width(), padded) + position % channels + shift;
                })
                .toArray();
        rowStride = Padding.stride(positions.length);
        imageStride = grid.size(padded);
    }

    void toImages(int rows, float[] flat, float[] images) {
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < at.length; i++) {
                images[row * imageStride + at[i]] = flat[row * rowStride + i];
            }
        }
    }

    void negatedToImages(int rows, float[] flat, float[] images) {
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < at.length; i++) {
                images[row * imageStride + at[i]] = -flat[row * rowStride + i];
            }
        }
    }

    void fromImages(int rows, float[] images, float[] flat) {
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < at.length; i++) {
                flat[row * rowStride + i] = images[row * imageStride + at[i]];
            }
        }
    }

    void subtractFromImages(int rows, float[] images, float[] flat) {
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < at.length; i++) {
                flat[row * rowStride + i] -= images[row * imageStride + at[i]];
            }
        }
    }

    void setInImages(int rows, float value, float[] images) {
        for (int row = 0; row < rows; row++) {
            for (int i : at) {
                images[row * imageStride + i] = value;
            }
        }
    }
}
