package dev.millrace.kernel;

/** Convolutions in vector form: as {@link VectorSums}, or as products with weights that are one panel ({@link VectorProduct}). */
final class VectorConvolution {

    /** Pixels whose part of a weight gradient is summed before the next tile, so that they stay in the cache. */
    private static final int PIXELS = 256;

    private VectorConvolution() {}

    /** See {@link Kernel#convolve}. */
    static void convolve(
            ConvolutionShape shape, int images, float[] x, float[] weights, float[] start, int startStride, float[] y) {
        Grid grid = shape.grid();
        int outputs = shape.outputs();
        for (int image = 0; image < images; image++) {
            for (int row = 0; row < grid.height(); row++) {
                int to = grid.at(image, row, 0, outputs);
                int startAt = startStride == 0 ? 0 : to;
                if (VectorProduct.isPanel(outputs)) {
                    multiplyRow(shape, x, shape.square(image, row), weights, start, startAt, startStride, y, to);
                } else {
                    VectorSums.fill(
                            shape.forward(),
                            shape.side(),
                            grid.width(),
                            outputs,
                            x,
                            shape.square(image, row),
                            weights,
                            0,
                            start,
                            startAt,
                            startStride,
                            y,
                            to);
                }
            }
        }
    }

    /** Weights in one panel have the product's fastest tiles, one row of the square after the other. */
    private static void multiplyRow(
            ConvolutionShape shape,
            float[] x,
            int square,
            float[] weights,
            float[] start,
            int startAt,
            int startStride,
            float[] y,
            int to) {
        Grid grid = shape.grid();
        int terms = shape.side() * shape.inputs();
        int outputs = shape.outputs();
        for (int run = 0; run < shape.side(); run++) {
            VectorProduct.multiply(
                    grid.width(),
                    outputs,
                    terms,
                    x,
                    square + run * grid.rowStride(shape.inputs()),
                    shape.inputs(),
                    1,
                    weights,
                    run * terms,
                    1,
                    outputs,
                    run == 0 ? start : y,
                    run == 0 ? startAt : to,
                    run == 0 ? startStride : outputs,
                    y,
                    to,
                    outputs);
        }
    }

    /** See {@link Kernel#convolutionGradient}. */
    static void gradient(
            ConvolutionShape shape, int images, float[] x, float[] dy, int from, int to, float[] gradient) {
        Grid grid = shape.grid();
        int imagesAtOnce = Math.max(1, PIXELS / grid.pixels());
        int rowsAtOnce = imagesAtOnce > 1 ? grid.height() : Math.max(1, PIXELS / grid.width());
        for (int image = 0; image < images; image += imagesAtOnce) {
            int count = Math.min(imagesAtOnce, images - image);
            for (int row = 0; row < grid.height(); row += rowsAtOnce) {
                int rows = count * Math.min(rowsAtOnce, grid.height() - row);
                addPart(shape, image, row, rows, x, dy, from, to, gradient);
            }
        }
    }

    /** Adds the part of some rows of pixels, which may go on in the next images. */
    private static void addPart(
            ConvolutionShape shape,
            int image,
            int row,
            int rows,
            float[] x,
            float[] dy,
            int from,
            int to,
            float[] gradient) {
        int outputs = shape.outputs();
        int side = shape.side();
        int terms = side * shape.inputs();
        for (int tap = 0; tap < side; tap++) {
            int at = tap * terms * outputs + from;
            VectorSums.fill(
                    shape.gradient(),
                    rows,
                    terms,
                    to - from,
                    x,
                    shape.square(image, row + tap),
                    dy,
                    shape.grid().at(image, row, 0, outputs) + from,
                    gradient,
                    at,
                    outputs,
                    gradient,
                    at);
        }
    }
}
