package dev.millrace.kernel;

import static java.lang.Math.fma;

/** Convolutions in plain Java, with the sums in the order of the vector form. */
final class PlainConvolution {

    private PlainConvolution() {}

    /** See {@link Kernel#convolve}. */
    static void convolve(
            ConvolutionShape shape, int images, float[] x, float[] weights, float[] start, int startStride, float[] y) {
        Grid grid = shape.grid();
        int outputs = shape.outputs();
        int terms = shape.side() * shape.inputs();
        for (int image = 0; image < images; image++) {
            for (int row = 0; row < grid.height(); row++) {
                for (int column = 0; column < grid.width(); column++) {
                    int to = grid.at(image, row, column, outputs);
                    System.arraycopy(start, startStride == 0 ? 0 : to, y, to, outputs);
                    for (int tap = 0; tap < shape.side(); tap++) {
                        int from = shape.square(image, row + tap) + column * shape.inputs();
                        for (int p = 0; p < terms; p++) {
                            addScaled(x[from + p], weights, (tap * terms + p) * outputs, y, to, outputs);
                        }
                    }
                }
            }
        }
    }

    /** See {@link Kernel#convolutionGradient}. */
    static void gradient(
            ConvolutionShape shape, int images, float[] x, float[] dy, int from, int to, float[] gradient) {
        Grid grid = shape.grid();
        int outputs = shape.outputs();
        int terms = shape.side() * shape.inputs();
        for (int image = 0; image < images; image++) {
            for (int row = 0; row < grid.height(); row++) {
                for (int column = 0; column < grid.width(); column++) {
                    int dyAt = grid.at(image, row, column, outputs) + from;
                    for (int tap = 0; tap < shape.side(); tap++) {
                        int xAt = shape.square(image, row + tap) + column * shape.inputs();
                        for (int p = 0; p < terms; p++) {
                            int at = (tap * terms + p) * outputs + from;
                            addScaled(x[xAt + p], dy, dyAt, gradient, at, to - from);
                        }
                    }
                }
            }
        }
    }

    private static void addScaled(float factor, float[] b, int bAt, float[] c, int cAt, int n) {
        for (int j = 0; j < n; j++) {
            c[cAt + j] = fma(factor, b[bAt + j], c[cAt + j]);
        }
    }
}
