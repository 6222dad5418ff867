package dev.millrace.kernel;

import static dev.millrace.kernel.FloatProblem.values;

import java.util.Random;

/** A random convolution: shape and numbers. */
record ConvolutionProblem(
        ConvolutionShape shape, int images, float[] x, float[] weights, float[] start, int startStride, float[] y) {

    static ConvolutionProblem random(int height, int width, int side, int inputs, int outputs, Random random) {
        Grid grid = new Grid(height, width);
        ConvolutionShape shape = ConvolutionShape.of(grid, side, inputs, outputs);
        int images = random.nextInt(4);
        int startStride = random.nextBoolean() ? 0 : shape.outputs();
        float[] x = bordered(grid, images, shape.inputs(), random);
        float[] y = bordered(grid, images, shape.outputs(), random);
        float[] start =
                startStride == 0 ? values(shape.outputs(), random) : bordered(grid, images, shape.outputs(), random);
        return new ConvolutionProblem(shape, images, x, values(shape.weights(), random), start, startStride, y);
    }

    static ConvolutionProblem random(Random random) {
        return random(
                1 + random.nextInt(6),
                1 + random.nextInt(20),
                random.nextBoolean() ? 1 : 3,
                1 + random.nextInt(40),
                1 + random.nextInt(150),
                random);
    }

    private static float[] bordered(Grid grid, int images, int channels, Random random) {
        float[] values = values((images + 1) * grid.size(channels), random);
        grid.clearBorder(images, channels, values);
        return values;
    }

    /** The whole array Y after the convolution, with what stands around the result. */
    float[] forward(Kernel kernel) {
        float[] result = y.clone();
        kernel.convolve(shape, images, x, weights, start, startStride, result);
        return result;
    }

    /** The weights and their gradient added to them, output channels in two pieces. */
    float[] gradient(Kernel kernel) {
        float[] result = weights.clone();
        int middle = shape.outputs() / 2 / Padding.LANES * Padding.LANES;
        kernel.convolutionGradient(shape, images, x, y, middle, shape.outputs(), result);
        kernel.convolutionGradient(shape, images, x, y, 0, middle, result);
        return result;
    }

    /** Y in double, by the definition: pixels outside of an image count as zero. */
    double[] forwardExactly() {
        double[] result = widened(y);
        for (int image = 0; image < images; image++) {
            for (int row = 0; row < shape.grid().height(); row++) {
                for (int column = 0; column < shape.grid().width(); column++) {
                    for (int o = 0; o < shape.outputs(); o++) {
                        int at = shape.grid().at(image, row, column, shape.outputs()) + o;
                        double sum = start[startStride == 0 ? o : at];
                        for (int w = 0; w < shape.side() * shape.side() * shape.inputs(); w++) {
                            sum += pixel(image, row, column, w) * weights[w * shape.outputs() + o];
                        }
                        result[at] = sum;
                    }
                }
            }
        }
        return result;
    }

    /** The gradient in double, by the definition. */
    double[] gradientExactly() {
        double[] result = widened(weights);
        for (int w = 0; w < shape.side() * shape.side() * shape.inputs(); w++) {
            for (int o = 0; o < shape.outputs(); o++) {
                for (int image = 0; image < images; image++) {
                    for (int row = 0; row < shape.grid().height(); row++) {
                        for (int column = 0; column < shape.grid().width(); column++) {
                            int at = shape.grid().at(image, row, column, shape.outputs()) + o;
                            result[w * shape.outputs() + o] += pixel(image, row, column, w) * y[at];
                        }
                    }
                }
            }
        }
        return result;
    }

    /** What weight number {@code w} of each output channel is multiplied with. */
    private double pixel(int image, int row, int column, int w) {
        int channel = w % shape.inputs();
        int tap = w / shape.inputs();
        int y = row + tap / shape.side() - shape.side() / 2;
        int x = column + tap % shape.side() - shape.side() / 2;
        if (y < 0 || x < 0 || y >= shape.grid().height() || x >= shape.grid().width()) {
            return 0;
        }
        return this.x[shape.grid().at(image, y, x, shape.inputs()) + channel];
    }

    private static double[] widened(float[] values) {
        double[] widened = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            widened[i] = values[i];
        }
        return widened;
    }

    @Override
    public String toString() {
        return images + " images of " + shape.grid() + ", side " + shape.side() + ", channels " + shape.inputs()
                + " to " + shape.outputs() + ", start stride " + startStride;
    }
}
