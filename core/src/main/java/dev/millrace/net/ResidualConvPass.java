package dev.millrace.net;

import dev.millrace.kernel.Grid;
import dev.millrace.kernel.Memory;
import dev.millrace.kernel.Padding;
import java.util.Arrays;

/**
 * One caller's working arrays in a {@link ResidualConv}. Images have a border ({@link Grid}); since a shared memory may
 * have had other contents in the same arrays, whatever a 3 × 3 convolution or a sum over all entries reads gets its
 * border of zeros anew.
 */
final class ResidualConvPass implements Network.Pass {

    private final ResidualConvLayers layers;
    private final Grid grid;
    private final int maxRows;
    private final int seenStride;
    private final int stride;
    private final int outputStride;

    private final float[] input;
    private final float[] output;
    private final float[] outputGradient;
    private final float[] inputGradient;

    /** x, −x and the mask; then normalised. */
    private final float[] seen;

    private final float[] entry;
    /** {@code stream[i]} goes into block i; the last leaves the blocks. */
    private final float[][] stream;
    /** What goes into a block's convolutions, and what lies between them. */
    private final float[][] first;

    private final float[][] between;
    private final float[][] second;
    /** The sum of the skips grows from one array to the other and back. */
    private final float[][] skips;

    private final float[] last;
    private final float[] image;

    private final float[] entryGradient;
    private final float[][] streamGradient;
    private final float[][] betweenGradient;
    private final float[] branch;
    private final float[] skipGradient;
    private final float[] imageGradient;
    private final double[][] normSums;
    private final float[] rowSums;
    private boolean beginning;
    private int rows;

    ResidualConvPass(
            ResidualConvSettings settings,
            ResidualConvLayers layers,
            int inputs,
            int outputs,
            int maxRows,
            Memory memory) {
        this.layers = layers;
        this.grid = layers.grid();
        this.maxRows = maxRows;
        seenStride = Padding.padded(settings.seenChannels());
        stride = Padding.padded(settings.features());
        outputStride = Padding.padded(settings.outputChannels());
        int blocks = layers.blocks();
        Memory scratch = memory.scratch();
        input = memory.floats(Math.multiplyExact(maxRows, Padding.stride(inputs)));
        output = scratch.floats(Math.multiplyExact(maxRows, Padding.stride(outputs)));
        outputGradient = scratch.floats(output.length);
        inputGradient = scratch.floats(input.length);
        seen = images(memory, seenStride);
        entry = images(memory, seenStride);
        stream = images(memory, stride, blocks + 1);
        first = images(memory, stride, blocks);
        between = images(memory, stride, blocks);
        second = images(memory, stride, blocks);
        skips = images(memory, stride, 2);
        last = images(memory, stride);
        image = images(scratch, outputStride);
        entryGradient = images(scratch, seenStride);
        streamGradient = images(scratch, stride, blocks + 1);
        betweenGradient = images(scratch, stride, blocks);
        branch = images(scratch, stride);
        skipGradient = images(scratch, stride);
        imageGradient = images(scratch, outputStride);
        normSums = new double[layers.norms()][];
        for (int i = 0; i < normSums.length; i++) {
            normSums[i] = scratch.doubles(maxRows * layers.norm(i).sums());
        }
        rowSums = scratch.floats(Math.max(layers.norm(0).sums(), layers.norm(1).sums()));
    }

    private float[] images(Memory memory, int channels) {
        return memory.floats(Math.multiplyExact(maxRows, grid.size(channels)));
    }

    private float[][] images(Memory memory, int channels, int count) {
        float[][] arrays = new float[count][];
        for (int i = 0; i < count; i++) {
            arrays[i] = images(memory, channels);
        }
        return arrays;
    }

    @Override
    public float[] input() {
        return input;
    }

    /** A {@link #forward} on which every norm begins with the moments of what arrives there. */
    void begin(int rows) {
        beginning = true;
        forward(rows);
        beginning = false;
    }

    @Override
    public void forward(int rows) {
        this.rows = rows;
        int blocks = layers.blocks();
        scatterInput();
        normalise(0, seen, entry);
        convolution(layers.entrance()).forward(rows, entry, stream[0]);
        convolution(layers.skip(0)).forward(rows, stream[0], skips[0]);
        for (int i = 0; i < blocks; i++) {
            normalise(layers.norm(i, 0), stream[i], first[i]);
            convolution(layers.convolution(i, 0)).forward(rows, first[i], between[i]);
            normalise(layers.norm(i, 1), between[i], second[i]);
            convolution(layers.convolution(i, 1)).forwardAdding(rows, second[i], stream[i], stream[i + 1]);
            convolution(layers.skip(i + 1)).forwardAdding(rows, stream[i + 1], skips[i % 2], skips[(i + 1) % 2]);
        }
        normalise(layers.norms() - 1, skips[blocks % 2], last);
        convolution(layers.exit()).forward(rows, last, image);
        layers.outputRows().fromImages(rows, image, output);
    }

    private Convolution convolution(int number) {
        return layers.convolution(number);
    }

    private void normalise(int number, float[] x, float[] y) {
        if (beginning) {
            layers.norm(number).begin(rows, x);
        }
        layers.norm(number).forward(rows, x, y);
    }

    private void scatterInput() {
        Arrays.fill(seen, 0, rows * grid.size(seenStride), 0);
        layers.inputRows().toImages(rows, input, seen);
        layers.negatedRows().negatedToImages(rows, input, seen);
        layers.maskRows().setInImages(rows, 1, seen);
    }

    @Override
    public float[] output() {
        return output;
    }

    @Override
    public float[] outputGradient() {
        return outputGradient;
    }

    @Override
    public void backward(int rows) {
        int blocks = layers.blocks();
        Arrays.fill(imageGradient, 0, rows * grid.size(outputStride), 0);
        layers.outputRows().toImages(rows, outputGradient, imageGradient);
        convolution(layers.exit()).backward(rows, imageGradient, skipGradient);
        backwardThroughNorm(layers.norms() - 1, skips[blocks % 2], skipGradient, skipGradient);
        convolution(layers.skip(blocks)).backward(rows, skipGradient, streamGradient[blocks]);
        grid.clearBorder(rows, stride, streamGradient[blocks]);
        for (int i = blocks - 1; i >= 0; i--) {
            backwardThroughBlock(i);
        }
        convolution(layers.entrance()).backward(rows, streamGradient[0], entryGradient);
        backwardThroughNorm(0, seen, entryGradient, entryGradient);
        layers.inputRows().fromImages(rows, entryGradient, inputGradient);
        layers.negatedRows().subtractFromImages(rows, entryGradient, inputGradient);
    }

    private void backwardThroughBlock(int i) {
        convolution(layers.convolution(i, 1)).backward(rows, streamGradient[i + 1], branch);
        backwardThroughNorm(layers.norm(i, 1), between[i], branch, betweenGradient[i]);
        convolution(layers.convolution(i, 0)).backward(rows, betweenGradient[i], branch);
        backwardThroughNorm(layers.norm(i, 0), stream[i], branch, branch);
        add(streamGradient[i + 1], branch, rows * grid.size(stride));
        convolution(layers.skip(i)).backwardAdding(rows, skipGradient, branch, streamGradient[i]);
        grid.clearBorder(rows, stride, streamGradient[i]);
    }

    private static void add(float[] addend, float[] sum, int n) {
        for (int i = 0; i < n; i++) {
            sum[i] += addend[i];
        }
    }

    private void backwardThroughNorm(int number, float[] x, float[] dy, float[] dx) {
        layers.norm(number).backward(rows, x, dy, dx, rowSums, normSums[number]);
    }

    @Override
    public float[] inputGradient() {
        return inputGradient;
    }

    /** Rows of the last forward pass. */
    int rows() {
        return rows;
    }

    /** What a convolution's gradient is computed from. */
    Convolution.Part part(int number) {
        if (number == layers.entrance()) {
            return new Convolution.Part(this, entry, streamGradient[0]);
        }
        if (number == layers.exit()) {
            return new Convolution.Part(this, last, imageGradient);
        }
        int block = (number - 1) / 3;
        return switch ((number - 1) % 3) {
            case 0 -> new Convolution.Part(this, stream[block], skipGradient);
            case 1 -> new Convolution.Part(this, first[block], betweenGradient[block]);
            default -> new Convolution.Part(this, second[block], streamGradient[block + 1]);
        };
    }

    /** What a norm's gradient is computed from. */
    ChannelNorm.Part sums(int number) {
        return new ChannelNorm.Part(this, normSums[number]);
    }
}
