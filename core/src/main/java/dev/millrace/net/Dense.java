package dev.millrace.net;

import dev.millrace.kernel.Kernel;
import dev.millrace.kernel.Kernels;
import dev.millrace.kernel.Padding;
import dev.millrace.kernel.SplitMix;
import dev.millrace.kernel.SumOfSquares;
import dev.millrace.kernel.Transposition;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A linear layer Y = X·W + b, the piece that dense networks are made of. */
final class Dense {

    /**
     * Rows of W whose gradient is one task: small enough to share out, and a multiple of the four and the six rows of
     * register tiles. The last task has up to half as many more, or less.
     */
    private static final int ROWS_PER_TASK = 36;

    /**
     * Weights beyond this many leave a core's second-level cache between two uses. To write and read them once more, in
     * panels, takes longer than products with row-major weights, and than to transpose the rows that go back through them.
     */
    private static final int WIDE = 1 << 18;

    private static final Kernel KERNEL = Kernels.active();
    private static final float[] ONE = {1};

    private final FloatTensor weight;
    private final FloatTensor bias;
    private final int inputStride;
    private final int outputStride;
    private final WeightPanels packed;
    private final WeightPanels transposed;
    private final float[] zeros;

    private Dense(FloatTensor weight, FloatTensor bias) {
        this.weight = weight;
        this.bias = bias;
        this.inputStride = Padding.stride(weight.rows());
        this.outputStride = weight.stride();
        this.packed = new WeightPanels(weight, false);
        this.transposed = new WeightPanels(weight, true);
        this.zeros = new float[Math.max(inputStride, outputStride)];
    }

    /** Weights drawn as {@code initialisation} says, bias zero. */
    static Dense create(int inputs, int outputs, Initialisation initialisation, SplitMix random) {
        FloatTensor weight = FloatTensor.matrix(inputs, outputs);
        initialisation.fill(weight, random);
        return new Dense(weight, FloatTensor.vector(outputs));
    }

    Dense copy() {
        return new Dense(weight.copy(), bias.copy());
    }

    int inputs() {
        return weight.rows();
    }

    int outputs() {
        return weight.columns();
    }

    void state(String name, Map<String, Tensor> into) {
        into.put(name + ".weight", weight);
        into.put(name + ".bias", bias);
    }

    void parametersChanged() {
        packed.weightsChanged();
        transposed.weightsChanged();
    }

    private boolean wide() {
        return weight.data().length > WIDE;
    }

    /** Y = X·W + b. */
    void forward(int rows, float[] x, float[] y) {
        product(rows, x, y, bias.data(), 0);
    }

    /** Y = (Y + b) + X·W. */
    void forwardAdding(int rows, float[] x, float[] y) {
        float[] values = bias.data();
        for (int row = 0; row < rows; row++) {
            int at = row * outputStride;
            for (int j = 0; j < outputStride; j++) {
                y[at + j] += values[j];
            }
        }
        product(rows, x, y, y, outputStride);
    }

    private void product(int rows, float[] x, float[] y, float[] start, int startStride) {
        if (!wide()) {
            KERNEL.multiply(rows, x, inputStride, packed.get(), start, startStride, y, outputStride);
            return;
        }
        KERNEL.multiply(
                rows,
                outputs(),
                inputs(),
                x,
                0,
                inputStride,
                1,
                weight.data(),
                outputStride,
                start,
                0,
                startStride,
                y,
                0,
                outputStride);
    }

    /** Rows that {@link #backward} needs in each of the turned arrays. */
    int turnedRows() {
        return wide() ? Math.max(inputs(), outputs()) : 0;
    }

    /** dX = dY·Wᵀ. */
    void backward(int rows, float[] dy, float[] dx, Turned turned) {
        if (wide()) {
            backwardTurned(rows, dy, dx, turned);
            return;
        }
        KERNEL.multiply(rows, dy, outputStride, transposed.get(), zeros, 0, dx, inputStride);
    }

    /** dXᵀ = W·dYᵀ: the same chains of multiply-adds, and W is read from front to back. */
    private void backwardTurned(int rows, float[] dy, float[] dx, Turned turned) {
        int columns = Padding.stride(rows);
        Transposition.transpose(rows, outputs(), dy, outputStride, turned.outputs(), columns);
        Arrays.fill(turned.start(), 0, columns, 0);
        KERNEL.multiply(
                inputs(),
                columns,
                outputs(),
                weight.data(),
                0,
                outputStride,
                1,
                turned.outputs(),
                columns,
                turned.start(),
                0,
                0,
                turned.inputs(),
                0,
                columns);
        Transposition.transpose(inputs(), rows, turned.inputs(), columns, dx, inputStride);
        for (int row = 0; row < rows; row++) {
            Arrays.fill(dx, row * inputStride + inputs(), (row + 1) * inputStride, 0);
        }
    }

    /**
     * Where gradients have a column for each row of a block, while they go back through a wide layer.
     *
     * @param outputs gradients of the layer's outputs
     * @param inputs gradients of its inputs
     * @param start one row, from which the sums of each row begin
     */
    record Turned(float[] outputs, float[] inputs, float[] start) {}

    /**
     * Adds the work of setting this layer's gradient.
     *
     * @param layer this layer's number in the passes
     */
    void gradientTasks(int layer, DensePass[] blocks, List<Runnable> tasks) {
        // Allocated here, before several threads ask for them.
        float[] weights = weight.gradient();
        float[] biases = bias.gradient();
        tasks.add(task(
                blocks,
                (from, to) -> biasGradient(layer, blocks, from, to, biases),
                squares(biases, 0, 1, bias.squaresOfGradient(1), 0)));
        int strips = Math.max(1, (inputs() + ROWS_PER_TASK / 2) / ROWS_PER_TASK);
        double[] squares = weight.squaresOfGradient(strips);
        for (int strip = 0; strip < strips; strip++) {
            int row = strip * ROWS_PER_TASK;
            int end = strip == strips - 1 ? inputs() : row + ROWS_PER_TASK;
            tasks.add(task(
                    blocks,
                    (from, to) -> weightGradient(layer, blocks, from, to, row, end, weights),
                    squares(weights, row, end, squares, strip)));
        }
    }

    /**
     * Work over the blocks, and then what sums the squares while they are still in the cache. The gradient of a wide layer
     * would leave it between two halves.
     */
    private Runnable task(DensePass[] blocks, HalvedTask.OverBlocks gradient, Runnable squares) {
        HalvedTask.OverBlocks work = (from, to) -> {
            gradient.run(from, to);
            if (to == blocks.length) {
                squares.run();
            }
        };
        return wide() ? () -> work.run(0, blocks.length) : HalvedTask.over(blocks.length, work);
    }

    /** Leaves the sum of the squares of some rows of a gradient. */
    private Runnable squares(float[] gradient, int row, int end, double[] parts, int part) {
        SumOfSquares sum = new SumOfSquares();
        return () -> parts[part] = sum.of(gradient, row * outputStride, end * outputStride);
    }

    /** Goes on with a strip of the rows of dW = Xᵀ·dY. */
    private void weightGradient(int layer, DensePass[] blocks, int from, int to, int row, int end, float[] gradient) {
        for (int b = from; b < to; b++) {
            DensePass block = blocks[b];
            boolean first = b == 0;
            KERNEL.multiply(
                    end - row,
                    outputs(),
                    block.rows(),
                    block.inputOf(layer),
                    row,
                    1,
                    inputStride,
                    block.gradientOf(layer),
                    outputStride,
                    first ? zeros : gradient,
                    first ? 0 : row * outputStride,
                    first ? 0 : outputStride,
                    gradient,
                    row * outputStride,
                    outputStride);
        }
    }

    /** The column sums of dY, as a product with a row of ones. */
    private void biasGradient(int layer, DensePass[] blocks, int from, int to, float[] gradient) {
        for (int b = from; b < to; b++) {
            KERNEL.multiply(
                    1,
                    outputs(),
                    blocks[b].rows(),
                    ONE,
                    0,
                    0,
                    0,
                    blocks[b].gradientOf(layer),
                    outputStride,
                    b == 0 ? zeros : gradient,
                    0,
                    0,
                    gradient,
                    0,
                    outputStride);
        }
    }
}
