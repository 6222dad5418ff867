package dev.millrace.net;

import dev.millrace.kernel.ConvolutionShape;
import dev.millrace.kernel.Grid;
import dev.millrace.kernel.Kernel;
import dev.millrace.kernel.Kernels;
import dev.millrace.kernel.SplitMix;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A convolution with normalised weights w = g·v / ‖v‖, a length g and a direction v for each output channel (Salimans and
 * Kingma, arXiv 1602.07868, equations 2 and 3). Zeros stand outside of the image, so that it keeps its size.
 */
final class Convolution {

    /** Output channels whose weights' gradient is one task. */
    private static final int CHANNELS_PER_TASK = 64;

    /** Keeps a direction of zeros finite; too small to be seen beside any other. */
    private static final double SMALLEST = 1e-30;

    private static final Kernel KERNEL = Kernels.active();
    private static final float[] ONE = {1};

    private final ConvolutionShape shape;
    private final ConvolutionShape transposedShape;
    private final int inputs;
    private final FloatTensor direction;
    private final FloatTensor length;
    /** Null where what follows has a bias of its own. */
    private final FloatTensor bias;

    private final float[] weights;
    private final float[] transposed;
    private final double[] inverseNorm;
    private final float[] zeros;
    /** The gradient of the weights themselves, and its product with the direction; allocated for training. */
    private float[] weightGradient;

    private double[] alongDirection;

    private Convolution(ConvolutionShape shape, FloatTensor direction, FloatTensor length, FloatTensor bias) {
        this.shape = shape;
        this.transposedShape = shape.transposed();
        this.inputs = direction.rows() / (shape.side() * shape.side());
        this.direction = direction;
        this.length = length;
        this.bias = bias;
        this.weights = new float[shape.weights()];
        this.transposed = new float[shape.weights()];
        this.inverseNorm = new double[shape.outputs()];
        this.zeros = new float[Math.max(shape.inputs(), shape.outputs())];
        parametersChanged();
    }

    /**
     * Weights of variance 2 / inputs and a bias of zero.
     *
     * @param zero whether the lengths begin at zero, and with them the output
     */
    static Convolution create(
            Grid grid, int side, int inputs, int outputs, boolean hasBias, boolean zero, SplitMix random) {
        FloatTensor direction = FloatTensor.matrix(side * side * inputs, outputs);
        Initialisation.HE.fill(direction, random);
        Convolution convolution = new Convolution(
                ConvolutionShape.of(grid, side, inputs, outputs),
                direction,
                FloatTensor.vector(outputs),
                hasBias ? FloatTensor.vector(outputs) : null);
        if (!zero) {
            convolution.takeLengths();
        }
        convolution.parametersChanged();
        return convolution;
    }

    /** Lengths with which the weights are their directions. */
    private void takeLengths() {
        for (int o = 0; o < direction.columns(); o++) {
            length.data()[o] = (float) (1 / inverseNorm[o]);
        }
    }

    Convolution copy() {
        return new Convolution(shape, direction.copy(), length.copy(), bias == null ? null : bias.copy());
    }

    void state(String name, Map<String, Tensor> into) {
        into.put(name + ".direction", direction);
        into.put(name + ".length", length);
        if (bias != null) {
            into.put(name + ".bias", bias);
        }
    }

    void parametersChanged() {
        float[] v = direction.data();
        int outputs = shape.outputs();
        Arrays.fill(inverseNorm, SMALLEST);
        for (int row = 0; row < direction.rows(); row++) {
            for (int o = 0; o < outputs; o++) {
                double value = v[row * outputs + o];
                inverseNorm[o] += value * value;
            }
        }
        for (int o = 0; o < outputs; o++) {
            inverseNorm[o] = 1 / Math.sqrt(inverseNorm[o]);
        }
        for (int row = 0; row < direction.rows(); row++) {
            int at = paddedRow(row) * outputs;
            for (int o = 0; o < outputs; o++) {
                weights[at + o] = (float) (length.data()[o] * inverseNorm[o] * v[row * outputs + o]);
            }
        }
        transpose();
    }

    /** Where a row of the direction stands among rows of padded input channels. */
    private int paddedRow(int row) {
        return row / inputs * shape.inputs() + row % inputs;
    }

    /** The weights by which gradients go back: taps in opposite order, channels exchanged. */
    private void transpose() {
        int outputs = shape.outputs();
        int taps = shape.side() * shape.side();
        for (int tap = 0; tap < taps; tap++) {
            int from = tap * shape.inputs() * outputs;
            int to = (taps - 1 - tap) * shape.inputs() * outputs;
            for (int i = 0; i < inputs; i++) {
                for (int o = 0; o < outputs; o++) {
                    transposed[to + o * shape.inputs() + i] = weights[from + i * outputs + o];
                }
            }
        }
    }

    /** Y = X ∗ W + b. */
    void forward(int images, float[] x, float[] y) {
        KERNEL.convolve(shape, images, x, weights, bias == null ? zeros : bias.data(), 0, y);
    }

    /** Y = S + X ∗ W, for a convolution without a bias. */
    void forwardAdding(int images, float[] x, float[] s, float[] y) {
        KERNEL.convolve(shape, images, x, weights, s, shape.outputs(), y);
    }

    /** dX from dY. */
    void backward(int images, float[] dy, float[] dx) {
        KERNEL.convolve(transposedShape, images, dy, transposed, zeros, 0, dx);
    }

    /** dX from dY, added to S. */
    void backwardAdding(int images, float[] dy, float[] s, float[] dx) {
        KERNEL.convolve(transposedShape, images, dy, transposed, s, shape.inputs(), dx);
    }

    /**
     * What a block of images leaves for the gradient.
     *
     * @param pass that knows how many images there are
     * @param x images before the convolution, their border zero
     * @param dy gradient after the convolution, its border zero
     */
    record Part(ResidualConvPass pass, float[] x, float[] dy) {}

    /** Adds the work of setting this layer's gradient from the blocks of a batch, in their order. */
    void gradientTasks(List<Part> blocks, List<Runnable> tasks) {
        Part[] parts = blocks.toArray(Part[]::new);
        // Allocated here, before several threads ask for them.
        if (weightGradient == null) {
            weightGradient = new float[weights.length];
            alongDirection = new double[shape.outputs()];
        }
        direction.gradient();
        length.gradient();
        for (int from = 0; from < shape.outputs(); from += CHANNELS_PER_TASK) {
            int first = from;
            int last = Math.min(from + CHANNELS_PER_TASK, shape.outputs());
            tasks.add(() -> weightGradient(parts, first, last));
        }
        if (bias != null) {
            float[] gradient = bias.gradient();
            tasks.add(() -> biasGradient(parts, gradient));
        }
    }

    private void weightGradient(Part[] parts, int from, int to) {
        int outputs = shape.outputs();
        for (int at = from; at < weightGradient.length; at += outputs) {
            Arrays.fill(weightGradient, at, at + to - from, 0);
        }
        for (Part part : parts) {
            KERNEL.convolutionGradient(shape, part.pass.rows(), part.x, part.dy, from, to, weightGradient);
        }
        throughNormalisation(from, to);
    }

    /** With n = ‖v‖: dg = dW·v / n, and dv = g / n · (dW − (dW·v) v / n²). */
    private void throughNormalisation(int from, int to) {
        int outputs = shape.outputs();
        float[] v = direction.data();
        float[] dv = direction.gradient();
        Arrays.fill(alongDirection, from, to, 0);
        for (int row = 0; row < direction.rows(); row++) {
            int at = paddedRow(row) * outputs;
            for (int o = from; o < to; o++) {
                alongDirection[o] += (double) weightGradient[at + o] * v[row * outputs + o];
            }
        }
        for (int o = from; o < to; o++) {
            length.gradient()[o] = (float) (alongDirection[o] * inverseNorm[o]);
        }
        for (int row = 0; row < direction.rows(); row++) {
            int at = paddedRow(row) * outputs;
            for (int o = from; o < to; o++) {
                int i = row * outputs + o;
                double along = alongDirection[o] * inverseNorm[o] * inverseNorm[o] * v[i];
                dv[i] = (float) (length.data()[o] * inverseNorm[o] * (weightGradient[at + o] - along));
            }
        }
    }

    /** The sums of dY over all pixels, as a product with a row of ones; the border adds zeros. */
    private void biasGradient(Part[] parts, float[] gradient) {
        int outputs = shape.outputs();
        Arrays.fill(gradient, 0);
        for (Part part : parts) {
            int pixels = part.pass.rows() * shape.grid().size(1);
            KERNEL.multiply(1, outputs, pixels, ONE, 0, 0, 0, part.dy, outputs, gradient, 0, 0, gradient, 0, outputs);
        }
    }
}
