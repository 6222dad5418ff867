package dev.millrace.kernel;

/**
 * What a convolution goes from and to: images on a {@link Grid}, the side of the square of pixels that it sums over, and
 * the channels of a pixel before and after, both padded. Immutable; made once, so that kernels need not allocate.
 */
public final class ConvolutionShape {

    private final Grid grid;
    private final int side;
    private final int inputs;
    private final int outputs;
    private final Strides forward;
    private final Strides gradient;

    private ConvolutionShape(Grid grid, int side, int inputs, int outputs) {
        this.grid = grid;
        this.side = side;
        this.inputs = inputs;
        this.outputs = outputs;
        int taps = Math.multiplyExact(side, inputs);
        this.forward =
                new Strides(taps, inputs, 1, grid.rowStride(inputs), outputs, taps * outputs, outputs, side, 0, 0);
        this.gradient = new Strides(
                grid.width(),
                1,
                inputs,
                grid.rowStride(inputs),
                outputs,
                grid.rowStride(outputs),
                outputs,
                grid.height(),
                2 * grid.rowStride(inputs),
                2 * grid.rowStride(outputs));
    }

    /**
     * @param side 1 or 3
     * @param inputs channels before, at least 1; they are padded
     * @param outputs channels after, likewise
     * @throws IllegalArgumentException if a number is out of its range
     */
    public static ConvolutionShape of(Grid grid, int side, int inputs, int outputs) {
        if ((side != 1 && side != 3) || inputs < 1 || outputs < 1) {
            throw new IllegalArgumentException(
                    "a convolution has side 1 or 3 and at least 1 channel before and after, not " + side + ", " + inputs
                            + ", " + outputs);
        }
        return new ConvolutionShape(grid, side, Padding.padded(inputs), Padding.padded(outputs));
    }

    /** The shape of the convolution that takes the gradient back. */
    public ConvolutionShape transposed() {
        return new ConvolutionShape(grid, side, outputs, inputs);
    }

    public Grid grid() {
        return grid;
    }

    public int side() {
        return side;
    }

    /** Channels before, padded. */
    public int inputs() {
        return inputs;
    }

    /** Channels after, padded. */
    public int outputs() {
        return outputs;
    }

    /** Entries of the weights. */
    public int weights() {
        return Math.multiplyExact(Math.multiplyExact(side * side, inputs), outputs);
    }

    /** Where the square of a pixel in this row begins that is at the start of the row, in the array before. */
    int square(int image, int row) {
        return grid.at(image, row - side / 2, -(side / 2), inputs);
    }

    /** The sum of an entry after: a run for each row of the square, the channels of its pixels one after the other. */
    Strides forward() {
        return forward;
    }

    /** The sum of a weight's gradient: a run for each row of pixels. */
    Strides gradient() {
        return gradient;
    }

    /**
     * Distances in the arrays of sums C(i, j) = start(i, j) + Σ over runs, Σ over terms p of A(run, i, p)·B(run, p, j).
     *
     * @param terms of a run
     * @param aRow from A(run, i, p) to A(run, i + 1, p)
     * @param aColumn from A(run, i, p) to A(run, i, p + 1)
     * @param aRun from A(run, i, p) to A(run + 1, i, p)
     * @param bStride from B(run, p, j) to B(run, p + 1, j)
     * @param bRun from B(run, p, j) to B(run + 1, p, j)
     * @param cStride from C(i, j) to C(i + 1, j)
     * @param runsPerImage after so many runs, {@code aJump} and {@code bJump} are added
     */
    record Strides(
            int terms,
            int aRow,
            int aColumn,
            int aRun,
            int bStride,
            int bRun,
            int cStride,
            int runsPerImage,
            int aJump,
            int bJump) {

        /** From after the last term of a run to the first of the next. */
        int aEnd() {
            return aRun - terms * aColumn;
        }

        /** Likewise. */
        int bEnd() {
            return bRun - terms * bStride;
        }
    }
}
