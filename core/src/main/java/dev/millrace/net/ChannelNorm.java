package dev.millrace.net;

import dev.millrace.kernel.Grid;
import dev.millrace.kernel.Kernel;
import dev.millrace.kernel.Kernels;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Batch normalisation of the channels of images with a rectifier behind it, y = max(g·(x − m) / √(v + ε) + b, 0) with
 * learned g and b. The mean m and the variance v are running averages over recent batches (RealNVP, arXiv 1605.08803,
 * section 3.7 and appendix E), in training as in evaluation, and constants to the gradient: a row's output does not
 * depend on the other rows of its batch, so that a coupling stays exactly invertible while it is trained. They begin with
 * the moments of the first data.
 *
 * <p>A batch's moments come from its backward pass, which only training has. They wait until {@link #parametersChanged},
 * that is, until the step of which they are part has been made.
 */
final class ChannelNorm {

    /** Keeps the scale of a constant channel finite (the official RealNVP has the same). */
    static final double EPSILON = 1e-4;

    /** Weight of a new batch in the running averages (the official RealNVP has the same). */
    private static final double MOMENTUM = 0.1;

    /** Sums that the kernel gives for each channel. */
    private static final int SUMS = 4;

    private static final Kernel KERNEL = Kernels.active();

    private final Grid grid;
    private final int channels;
    private final int stride;
    private final FloatTensor gain;
    private final FloatTensor shift;
    private final DoubleTensor mean;
    private final DoubleTensor variance;
    private final float[] centre;
    private final float[] scale;
    private final float[] offset;
    private final double[] inverseDeviation;
    /** Sums over the last batch, which the running averages take in when the parameters change. */
    private final double[] totals;

    private long waiting;

    private ChannelNorm(Grid grid, FloatTensor gain, FloatTensor shift, DoubleTensor mean, DoubleTensor variance) {
        this.grid = grid;
        this.channels = gain.columns();
        this.stride = gain.stride();
        this.gain = gain;
        this.shift = shift;
        this.mean = mean;
        this.variance = variance;
        this.centre = new float[stride];
        this.scale = new float[stride];
        this.offset = new float[stride];
        this.inverseDeviation = new double[channels];
        this.totals = new double[SUMS * stride];
        parametersChanged();
    }

    static ChannelNorm create(Grid grid, int channels) {
        FloatTensor gain = FloatTensor.vector(channels);
        Arrays.fill(gain.data(), 0, channels, 1);
        double[] ones = new double[channels];
        Arrays.fill(ones, 1);
        return new ChannelNorm(
                grid,
                gain,
                FloatTensor.vector(channels),
                DoubleTensor.buffer(new double[channels]),
                DoubleTensor.buffer(ones));
    }

    ChannelNorm copy() {
        return new ChannelNorm(grid, gain.copy(), shift.copy(), mean.copy(), variance.copy());
    }

    void state(String name, Map<String, Tensor> into) {
        into.put(name + ".gain", gain);
        into.put(name + ".shift", shift);
        into.put(name + ".runningMean", mean);
        into.put(name + ".runningVariance", variance);
    }

    /** Lets the running averages take in the last batch, if one is waiting. */
    void parametersChanged() {
        if (waiting > 0) {
            takeIn();
            waiting = 0;
        }
        for (int c = 0; c < channels; c++) {
            double m = mean.data()[c];
            inverseDeviation[c] = 1 / Math.sqrt(variance.data()[c] + EPSILON);
            double factor = gain.data()[c] * inverseDeviation[c];
            centre[c] = (float) m;
            scale[c] = (float) factor;
            offset[c] = (float) (shift.data()[c] - m * factor);
        }
    }

    private void takeIn() {
        for (int c = 0; c < channels; c++) {
            double difference = totals[c] / waiting;
            double batchVariance = Math.max(0, totals[stride + c] / waiting - difference * difference);
            mean.data()[c] += MOMENTUM * (centre[c] + difference - mean.data()[c]);
            variance.data()[c] += MOMENTUM * (batchVariance - variance.data()[c]);
        }
    }

    /** Begins the running averages with the moments of these images. */
    void begin(int images, float[] x) {
        double n = (double) images * grid.pixels();
        double[] m = mean.data();
        double[] v = variance.data();
        // Around the first pixel, so that a constant channel has its value as its mean, and no variance.
        int first = grid.at(0, 0, 0, stride);
        Arrays.fill(m, 0);
        forEachPixel(images, (at) -> {
            for (int c = 0; c < channels; c++) {
                m[c] += (double) x[at + c] - x[first + c];
            }
        });
        for (int c = 0; c < channels; c++) {
            m[c] = x[first + c] + m[c] / n;
        }
        Arrays.fill(v, 0);
        forEachPixel(images, (at) -> {
            for (int c = 0; c < channels; c++) {
                double difference = x[at + c] - m[c];
                v[c] += difference * difference / n;
            }
        });
        waiting = 0;
        parametersChanged();
    }

    private interface PixelWork {
        void at(int position);
    }

    private void forEachPixel(int images, PixelWork work) {
        for (int image = 0; image < images; image++) {
            for (int row = 0; row < grid.height(); row++) {
                for (int column = 0; column < grid.width(); column++) {
                    work.at(grid.at(image, row, column, stride));
                }
            }
        }
    }

    /** Entries that {@link #backward} leaves for each image. */
    int sums() {
        return SUMS * stride;
    }

    /** Fills y, and a border of zeros around it. */
    void forward(int images, float[] x, float[] y) {
        grid.clearBorder(images, stride, y);
        for (int image = 0; image < images; image++) {
            for (int row = 0; row < grid.height(); row++) {
                int at = grid.at(image, row, 0, stride);
                KERNEL.scaleShiftRelu(grid.width(), stride, x, at, scale, offset, y);
            }
        }
    }

    /**
     * Fills dx, and a border of zeros around it.
     *
     * @param x what went {@link #forward}
     * @param dx may be {@code dy}
     * @param rowSums scratch of {@link #sums} entries at least
     * @param sums receives each image's sums
     */
    void backward(int images, float[] x, float[] dy, float[] dx, float[] rowSums, double[] sums) {
        grid.clearBorder(images, stride, dx);
        Arrays.fill(sums, 0, images * sums(), 0);
        for (int image = 0; image < images; image++) {
            int to = image * sums();
            for (int row = 0; row < grid.height(); row++) {
                int at = grid.at(image, row, 0, stride);
                KERNEL.scaleShiftReluBackward(grid.width(), stride, x, at, centre, scale, offset, dy, dx, rowSums);
                for (int i = 0; i < SUMS * stride; i++) {
                    sums[to + i] += rowSums[i];
                }
            }
        }
    }

    /**
     * What a block of images leaves for the gradient.
     *
     * @param pass that knows how many images there are
     * @param sums of each image
     */
    record Part(ResidualConvPass pass, double[] sums) {}

    /** Adds the work of setting the gradient, and of adding up the moments, over all images in their order. */
    void gradientTasks(List<Part> blocks, List<Runnable> tasks) {
        Part[] parts = blocks.toArray(Part[]::new);
        gain.gradient();
        shift.gradient();
        tasks.add(() -> gradient(parts));
    }

    private void gradient(Part[] parts) {
        Arrays.fill(totals, 0);
        long images = 0;
        for (Part part : parts) {
            for (int image = 0; image < part.pass.rows(); image++) {
                for (int i = 0; i < totals.length; i++) {
                    totals[i] += part.sums[image * totals.length + i];
                }
            }
            images += part.pass.rows();
        }
        for (int c = 0; c < channels; c++) {
            shift.gradient()[c] = (float) totals[2 * stride + c];
            gain.gradient()[c] = (float) (totals[3 * stride + c] * inverseDeviation[c]);
        }
        waiting = images * grid.pixels();
    }
}
