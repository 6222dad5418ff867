package dev.millrace.net;

import dev.millrace.kernel.Kernel;
import dev.millrace.kernel.Kernels;
import dev.millrace.kernel.Memory;
import dev.millrace.kernel.PackedProduct;
import dev.millrace.kernel.Padding;
import dev.millrace.kernel.RowProduct;
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
     * Weights beyond this many leave a core's second-level cache between two uses. To write them once more, in panels, and read
     * them back takes longer than to pack pieces of them in each product, and than to transpose the rows that go back.
     */
    private static final int WIDE = 1 << 18;

    /** Rows of a wide W that are used up before the next ones: they stay in the cache while a product goes over them in steps. */
    private static final int ROWS_AT_ONCE = 48;

    /** Weights of which a single row leaves out so many that it is faster to look for zeros in the row first. */
    private static final int WORTH_A_LOOK = 1 << 13;

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
        this.outputStride = Padding.stride(weight.columns());
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
    void forward(int rows, float[] x, float[] y, Room room) {
        product(rows, x, y, bias.data(), 0, room);
    }

    /** Y = (Y + b) + X·W. */
    void forwardAdding(int rows, float[] x, float[] y, Room room) {
        float[] values = bias.data();
        for (int row = 0; row < rows; row++) {
            int at = row * outputStride;
            for (int j = 0; j < outputs(); j++) {
                y[at + j] += values[j];
            }
        }
        product(rows, x, y, y, outputStride, room);
    }

    private void product(int rows, float[] x, float[] y, float[] start, int startStride, Room room) {
        if (rows == 1 && weight.data().length >= WORTH_A_LOOK) {
            room.row().multiply(outputs(), inputs(), x, weight.data(), weight.stride(), start, y);
            return;
        }
        if (wide()) {
            room.product()
                    .multiply(
                            rows,
                            outputs(),
                            inputs(),
                            x,
                            inputStride,
                            weight.data(),
                            weight.stride(),
                            start,
                            startStride,
                            y,
                            outputStride);
            return;
        }
        packed.get().multiply(rows, x, inputStride, start, startStride, y, outputStride);
    }

    /** dX = dY·Wᵀ. */
    void backward(int rows, float[] dy, float[] dx, Room room) {
        if (wide()) {
            backwardTurned(rows, dy, dx, room);
            return;
        }
        transposed.get().multiply(rows, dy, outputStride, zeros, 0, dx, inputStride);
    }

    /** dXᵀ = W·dYᵀ: the same chains of multiply-adds, and W is read from front to back. */
    private void backwardTurned(int rows, float[] dy, float[] dx, Room room) {
        int columns = Padding.padded(rows);
        Transposition.transpose(rows, outputs(), dy, outputStride, room.outputs(), columns);
        Arrays.fill(room.start(), 0, columns, 0);
        for (int row = 0; row < inputs(); row += ROWS_AT_ONCE) {
            KERNEL.multiply(
                    Math.min(inputs() - row, ROWS_AT_ONCE),
                    columns,
                    outputs(),
                    weight.data(),
                    row * weight.stride(),
                    weight.stride(),
                    1,
                    room.outputs(),
                    columns,
                    room.start(),
                    0,
                    0,
                    room.inputs(),
                    row * columns,
                    columns);
        }
        Transposition.transpose(inputs(), rows, room.inputs(), columns, dx, inputStride);
        for (int row = 0; row < rows; row++) {
            Arrays.fill(dx, row * inputStride + inputs(), (row + 1) * inputStride, 0);
        }
    }

    /**
     * What passes through layers work in, one layer after the other. In wide layers, gradients have a column for each row of a
     * block while they go back.
     *
     * @param row a single row's way forward
     * @param product the way forward through wide layers
     * @param outputs gradients of a wide layer's outputs
     * @param inputs gradients of its inputs
     * @param start one row, from which the sums of each row begin
     */
    record Room(RowProduct row, PackedProduct product, float[] outputs, float[] inputs, float[] start) {

        /** Room for blocks of up to {@code maxRows} rows, and for these none where no layer is wide. */
        static Room of(List<Dense> layers, int maxRows, Memory memory) {
            int rows = layers.stream()
                    .filter(Dense::wide)
                    .mapToInt(layer -> Math.max(layer.inputs(), layer.outputs()))
                    .max()
                    .orElse(0);
            int columns = Padding.padded(maxRows);
            int length = Math.multiplyExact(rows, columns);
            return new Room(
                    RowProduct.in(memory.ints(
                            layers.stream().mapToInt(Dense::inputs).max().orElse(0))),
                    PackedProduct.in(memory.floats(rows > 0 ? PackedProduct.ROOM : 0)),
                    memory.floats(length),
                    memory.floats(length),
                    memory.floats(columns));
        }
    }

    /**
     * Adds the work of setting this layer's gradient, strip by strip of the weights. The first takes the biases along, while the
     * rows of dY that it goes over are in the cache.
     *
     * @param layer this layer's number in the passes
     */
    void gradientTasks(int layer, DensePass[] blocks, List<Runnable> tasks) {
        int strips = Math.max(1, (inputs() + ROWS_PER_TASK / 2) / ROWS_PER_TASK);
        double[] squares = weight.squaresOfGradient(strips);
        for (int strip = 0; strip < strips; strip++) {
            int row = strip * ROWS_PER_TASK;
            int end = strip == strips - 1 ? inputs() : row + ROWS_PER_TASK;
            GradientPart weights = weightGradient(layer, row, end, squares, strip);
            tasks.add(task(blocks, strip == 0 ? weights.and(biasGradient(layer)) : weights));
        }
    }

    private GradientPart weightGradient(int layer, int row, int end, double[] squares, int strip) {
        // Allocated here, before several threads ask for it.
        float[] gradient = weight.gradient();
        return new GradientPart(
                (block, begins) -> addWeightGradient(layer, block, begins, row, end, gradient),
                squares(gradient, row, end, squares, strip));
    }

    private GradientPart biasGradient(int layer) {
        float[] gradient = bias.gradient();
        return new GradientPart(
                (block, begins) -> addBiasGradient(layer, block, begins, gradient),
                squares(gradient, 0, 1, bias.squaresOfGradient(1), 0));
    }

    /** Leaves the sum of the squares of some rows of a gradient. */
    private Runnable squares(float[] gradient, int row, int end, double[] parts, int part) {
        SumOfSquares sum = new SumOfSquares();
        return () -> parts[part] = sum.of(gradient, row * weight.stride(), end * weight.stride());
    }

    /**
     * Work over the blocks, and then what sums the squares while they are still in the cache. The gradient of a wide layer
     * would leave it between two halves.
     */
    private Runnable task(DensePass[] blocks, GradientPart gradient) {
        HalvedTask.OverBlocks work = (from, to) -> {
            for (int b = from; b < to; b++) {
                gradient.sums().add(blocks[b], b == 0);
            }
            if (to == blocks.length) {
                gradient.squares().run();
            }
        };
        return wide() ? () -> work.run(0, blocks.length) : HalvedTask.over(blocks.length, work);
    }

    /**
     * A part of the parameters' gradient.
     *
     * @param sums what a block's rows add to it
     * @param squares what is left to do when all blocks have been added
     */
    private record GradientPart(Sums sums, Runnable squares) {

        private interface Sums {

            /** @param begins whether these rows are the first */
            void add(DensePass block, boolean begins);
        }

        /** This and another part of the gradient, block by block. */
        GradientPart and(GradientPart other) {
            return new GradientPart(
                    (block, begins) -> {
                        sums.add(block, begins);
                        other.sums.add(block, begins);
                    },
                    () -> {
                        squares.run();
                        other.squares.run();
                    });
        }
    }

    /** A strip of the rows of dW = Xᵀ·dY. */
    private void addWeightGradient(int layer, DensePass block, boolean begins, int row, int end, float[] gradient) {
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
                begins ? zeros : gradient,
                begins ? 0 : row * weight.stride(),
                begins ? 0 : weight.stride(),
                gradient,
                row * weight.stride(),
                weight.stride());
    }

    /** The column sums of dY, as a product with a row of ones. */
    private void addBiasGradient(int layer, DensePass block, boolean begins, float[] gradient) {
        KERNEL.multiply(
                1,
                outputs(),
                block.rows(),
                ONE,
                0,
                0,
                0,
                block.gradientOf(layer),
                outputStride,
                begins ? zeros : gradient,
                0,
                0,
                gradient,
                0,
                outputStride);
    }
}
