package dev.millrace.net;

import java.util.Arrays;

/**
 * The shape of a {@link ResidualConv}, and which entries of images its rows are. Images are flat, row after row of
 * pixels, channels last: entry {@code (y · width + x) · channels + c}.
 *
 * @param height rows of pixels, at least 1
 * @param width pixels of a row, at least 1
 * @param inputChannels of the image that goes in, at least 1
 * @param inputPositions entry i of an input row is this entry of the image that goes in; the others are zero. No entry
 *     twice; may be empty
 * @param outputChannels of the image that comes out, at least 1
 * @param outputPositions entry i of an output row is this entry of the image that comes out; at least one, none twice
 * @param features channels of the residual stream, at least 1 (RealNVP for CIFAR-10: 64)
 * @param blocks residual blocks, at least 1 (RealNVP for CIFAR-10: 8)
 * @param withMask whether the network also sees which pixels have an entry in the input, as RealNVP's checkerboard
 *     couplings do
 */
public record ResidualConvSettings(
        int height,
        int width,
        int inputChannels,
        int[] inputPositions,
        int outputChannels,
        int[] outputPositions,
        int features,
        int blocks,
        boolean withMask) {

    /** @throws IllegalArgumentException if a number is out of its range or a position appears twice */
    public ResidualConvSettings {
        if (height < 1 || width < 1 || inputChannels < 1 || outputChannels < 1 || features < 1 || blocks < 1) {
            throw new IllegalArgumentException(
                    "a convolutional network needs height, width, channels, features and blocks >= 1, not " + height
                            + " × " + width + ", " + inputChannels + " and " + outputChannels + ", " + features + ", "
                            + blocks);
        }
        inputPositions = inputPositions.clone();
        outputPositions = outputPositions.clone();
        requirePositions("input", inputPositions, height, width, inputChannels);
        requirePositions("output", outputPositions, height, width, outputChannels);
        if (outputPositions.length == 0) {
            throw new IllegalArgumentException("a network needs at least 1 output");
        }
    }

    private static void requirePositions(String what, int[] positions, int height, int width, int channels) {
        boolean[] taken = new boolean[Math.multiplyExact(Math.multiplyExact(height, width), channels)];
        for (int position : positions) {
            if (position < 0 || position >= taken.length) {
                throw new IllegalArgumentException(what + " position " + position + " is outside of an image of "
                        + height + " × " + width + " × " + channels);
            }
            if (taken[position]) {
                throw new IllegalArgumentException(what + " position " + position + " appears twice");
            }
            taken[position] = true;
        }
    }

    @Override
    public int[] inputPositions() {
        return inputPositions.clone();
    }

    @Override
    public int[] outputPositions() {
        return outputPositions.clone();
    }

    /** Channels of what the first convolution sees: x, −x and, where asked for, the mask. */
    int seenChannels() {
        return 2 * inputChannels + (withMask ? 1 : 0);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ResidualConvSettings o
                && height == o.height
                && width == o.width
                && inputChannels == o.inputChannels
                && Arrays.equals(inputPositions, o.inputPositions)
                && outputChannels == o.outputChannels
                && Arrays.equals(outputPositions, o.outputPositions)
                && features == o.features
                && blocks == o.blocks
                && withMask == o.withMask;
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(new int[] {
            height,
            width,
            inputChannels,
            Arrays.hashCode(inputPositions),
            outputChannels,
            Arrays.hashCode(outputPositions),
            features,
            blocks,
            Boolean.hashCode(withMask)
        });
    }

    @Override
    public String toString() {
        return "ResidualConvSettings[" + inputPositions.length + " of " + height + " × " + width + " × " + inputChannels
                + " to " + outputPositions.length + " of " + outputChannels + " channels, features=" + features
                + ", blocks=" + blocks + ", withMask=" + withMask + "]";
    }
}
