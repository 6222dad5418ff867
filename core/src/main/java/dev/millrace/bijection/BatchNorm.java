package dev.millrace.bijection;

import dev.millrace.kernel.Elementary;
import dev.millrace.kernel.Memory;
import dev.millrace.net.DoubleTensor;
import dev.millrace.net.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Batch normalisation as a flow layer: z_j = (x_j − m_j) / √(v_j + ε) · exp(g_j) + b_j with learned g and b (RealNVP,
 * arXiv 1605.08803, section 3.7; Papamakarios et al., arXiv 1705.07057, appendix B). In training m and v are the batch's
 * mean and variance, through which the gradient flows; in evaluation, and before any training, they are running averages
 * that begin at 0 and 1. The entries of a channel have one m, v, g and b. The log-det is Σ_j g_j − ½ ln(v_j + ε).
 */
public final class BatchNorm implements BatchDependent {

    /** Keeps the scale of a constant column finite (Papamakarios et al. use the same). */
    static final double EPSILON = 1e-5;

    /** Weight of a new batch in the running averages. */
    private static final double MOMENTUM = 0.1;

    private final Channels channels;
    private final DoubleTensor logScale;
    private final DoubleTensor shift;
    private final DoubleTensor mean;
    private final DoubleTensor variance;

    private BatchNorm(
            Channels channels, DoubleTensor logScale, DoubleTensor shift, DoubleTensor mean, DoubleTensor variance) {
        this.channels = channels;
        this.logScale = logScale;
        this.shift = shift;
        this.mean = mean;
        this.variance = variance;
    }

    /** A layer for rows of {@code dimension} entries. */
    public static BatchNorm create(int dimension) {
        return create(Channels.ofEntries(dimension));
    }

    /** A layer that normalises each channel over the batch and all its pixels, and leaves other entries alone. */
    public static BatchNorm create(Channels channels) {
        double[] zeros = new double[channels.count()];
        double[] ones = new double[channels.count()];
        Arrays.fill(ones, 1);
        return new BatchNorm(
                channels,
                DoubleTensor.parameter(zeros),
                DoubleTensor.parameter(zeros),
                DoubleTensor.buffer(zeros),
                DoubleTensor.buffer(ones));
    }

    public Channels channels() {
        return channels;
    }

    @Override
    public Shape inputShape() {
        return Shape.of(channels.dimension());
    }

    @Override
    public Map<String, Tensor> state() {
        Map<String, Tensor> state = new LinkedHashMap<>();
        state.put("logScale", logScale);
        state.put("shift", shift);
        state.put("runningMean", mean);
        state.put("runningVariance", variance);
        return state;
    }

    @Override
    public void parametersChanged() {}

    @Override
    public BatchNorm copy() {
        return new BatchNorm(channels, logScale.copy(), shift.copy(), mean.copy(), variance.copy());
    }

    @Override
    public List<Runnable> gradientTasks(List<? extends Bijection.Pass> blocks) {
        List<BatchNormPass> passes =
                blocks.stream().map(BatchNormPass.class::cast).toList();
        return List.of(
                logScale.gradientFrom(
                        passes.stream().map(pass -> pass.dLogScale).toList()),
                shift.gradientFrom(passes.stream().map(pass -> pass.dShift).toList()));
    }

    @Override
    public void combine(List<? extends Bijection.Pass> blocks) {
        double values = (double) channels.pixels() * rows(blocks);
        for (int c = 0; c < channels.count(); c++) {
            double sum = 0;
            double squares = 0;
            for (int b = 0; b < blocks.size(); b++) {
                sum += ((BatchNormPass) blocks.get(b)).sum[c];
                squares += ((BatchNormPass) blocks.get(b)).squares[c];
            }
            // Sums are taken around the running mean, so that the difference of squares loses no digits.
            double offset = sum / values;
            double batchMean = mean.data()[c] + offset;
            double batchVariance = Math.max(0, squares / values - square(offset));
            for (int b = 0; b < blocks.size(); b++) {
                ((BatchNormPass) blocks.get(b)).use(c, batchMean, batchVariance);
            }
            mean.data()[c] += MOMENTUM * (batchMean - mean.data()[c]);
            variance.data()[c] += MOMENTUM * (batchVariance - variance.data()[c]);
        }
    }

    private static int rows(List<? extends Bijection.Pass> blocks) {
        int rows = 0;
        for (int b = 0; b < blocks.size(); b++) {
            rows += ((BatchNormPass) blocks.get(b)).rows;
        }
        return rows;
    }

    @Override
    public void combineGradient(List<? extends Bijection.Pass> blocks) {
        double pixels = channels.pixels();
        double values = pixels * rows(blocks);
        double logDet = 0;
        for (int b = 0; b < blocks.size(); b++) {
            logDet += ((BatchNormPass) blocks.get(b)).logDetGradient;
        }
        for (int c = 0; c < channels.count(); c++) {
            double gradient = 0;
            double product = 0;
            for (int b = 0; b < blocks.size(); b++) {
                gradient += ((BatchNormPass) blocks.get(b)).gradientSum[c];
                product += ((BatchNormPass) blocks.get(b)).productSum[c];
            }
            for (int b = 0; b < blocks.size(); b++) {
                BatchNormPass pass = (BatchNormPass) blocks.get(b);
                pass.meanGradient[c] = gradient / values;
                pass.meanProduct[c] = (product + pixels * logDet) / values;
            }
        }
    }

    private static double square(double value) {
        return value * value;
    }

    @Override
    public Bijection.Pass pass(int maxRows, Memory memory) {
        return new BatchNormPass(this);
    }

    /** Statistics are a channel's; what rows are multiplied with is spread over their entries. */
    private static final class BatchNormPass implements BatchDependent.Pass {

        private final BatchNorm layer;
        private final Channels channels;
        private final int n;
        private final double[] batchMean;
        private final double[] batchVariance;
        private boolean combined;
        private int rows;
        private final double[] sum;
        private final double[] squares;
        private final double[] gradientSum;
        private final double[] productSum;
        private double logDetGradient;
        private final double[] meanGradient;
        private final double[] meanProduct;
        private final double[] dLogScale;
        private final double[] dShift;

        private final double[] gain;
        private final double[] inverseDeviation;
        private double logDet;
        private final Spread spread;

        /** Numbers of each entry of a row. */
        private record Spread(
                double[] mean,
                double[] gain,
                double[] inverseDeviation,
                double[] shift,
                double[] gradient,
                double[] product) {

            Spread(int n) {
                this(new double[n], new double[n], new double[n], new double[n], new double[n], new double[n]);
            }
        }

        BatchNormPass(BatchNorm layer) {
            this.layer = layer;
            this.channels = layer.channels;
            this.n = layer.dimension();
            int count = channels.count();
            batchMean = new double[count];
            batchVariance = new double[count];
            sum = new double[count];
            squares = new double[count];
            gradientSum = new double[count];
            productSum = new double[count];
            meanGradient = new double[count];
            meanProduct = new double[count];
            dLogScale = new double[count];
            dShift = new double[count];
            gain = new double[count];
            inverseDeviation = new double[count];
            spread = new Spread(n);
        }

        void use(int channel, double mean, double variance) {
            batchMean[channel] = mean;
            batchVariance[channel] = variance;
            combined = true;
        }

        /** Sets what depends on parameters and statistics, which may have changed since the last rows. */
        private void prepare() {
            double[] variance = combined ? batchVariance : layer.variance.data();
            double sum = 0;
            for (int c = 0; c < gain.length; c++) {
                gain[c] = Elementary.exp(layer.logScale.data()[c]);
                inverseDeviation[c] = 1 / Math.sqrt(variance[c] + EPSILON);
                sum += layer.logScale.data()[c] + Elementary.log(inverseDeviation[c]);
            }
            logDet = channels.pixels() * sum;
            channels.spread(combined ? batchMean : layer.mean.data(), 0, spread.mean);
            channels.spread(gain, 1, spread.gain);
            channels.spread(inverseDeviation, 1, spread.inverseDeviation);
            channels.spread(layer.shift.data(), 0, spread.shift);
        }

        @Override
        public void observe(int rows, double[] x) {
            this.rows = rows;
            double[] sums = spread.gradient;
            double[] squareSums = spread.product;
            double[] around = spread.mean;
            channels.spread(layer.mean.data(), 0, around);
            Arrays.fill(sums, 0);
            Arrays.fill(squareSums, 0);
            for (int row = 0, at = 0; row < rows; row++, at += n) {
                for (int j = 0; j < n; j++) {
                    double difference = x[at + j] - around[j];
                    sums[j] += difference;
                    squareSums[j] += difference * difference;
                }
            }
            channels.sum(sums, sum);
            channels.sum(squareSums, squares);
        }

        @Override
        public void forward(int rows, double[] x, double[] z, double[] logDet) {
            prepare();
            for (int row = 0, at = 0; row < rows; row++, at += n) {
                for (int j = 0; j < n; j++) {
                    double scale = spread.gain[j] * spread.inverseDeviation[j];
                    z[at + j] = (x[at + j] - spread.mean[j]) * scale + spread.shift[j];
                }
                logDet[row] += this.logDet;
            }
        }

        @Override
        public void inverse(int rows, double[] z, double[] x, double[] logDet) {
            prepare();
            for (int row = 0, at = 0; row < rows; row++, at += n) {
                for (int j = 0; j < n; j++) {
                    double scale = spread.gain[j] * spread.inverseDeviation[j];
                    x[at + j] = (z[at + j] - spread.shift[j]) / scale + spread.mean[j];
                }
                logDet[row] -= this.logDet;
            }
        }

        @Override
        public void observeGradient(int rows, double[] x, double[] dz, double[] dLogDet) {
            prepare();
            logDetGradient = 0;
            for (int row = 0; row < rows; row++) {
                logDetGradient += dLogDet[row];
            }
            double[] gradients = spread.gradient;
            double[] products = spread.product;
            Arrays.fill(gradients, 0);
            Arrays.fill(products, 0);
            for (int row = 0, at = 0; row < rows; row++, at += n) {
                for (int j = 0; j < n; j++) {
                    double normalised = (x[at + j] - spread.mean[j]) * spread.inverseDeviation[j];
                    gradients[j] += dz[at + j] * spread.gain[j];
                    products[j] += dz[at + j] * spread.gain[j] * normalised;
                }
            }
            channels.sum(gradients, gradientSum);
            channels.sum(products, productSum);
        }

        @Override
        public void backward(int rows, double[] x, double[] dz, double[] dLogDet, double[] dx) {
            if (!combined) {
                observeGradient(rows, x, dz, dLogDet);
            }
            // Without a batch, both are zero: the statistics are constants.
            channels.spread(meanGradient, 0, spread.gradient);
            channels.spread(meanProduct, 0, spread.product);
            for (int row = 0, at = 0; row < rows; row++, at += n) {
                for (int j = 0; j < n; j++) {
                    double normalised = (x[at + j] - spread.mean[j]) * spread.inverseDeviation[j];
                    double common = spread.gradient[j] + normalised * spread.product[j];
                    dx[at + j] = spread.inverseDeviation[j] * (dz[at + j] * spread.gain[j] - common);
                }
            }
            for (int c = 0; c < gain.length; c++) {
                dShift[c] = gradientSum[c] / gain[c];
                dLogScale[c] = productSum[c] + channels.pixels() * logDetGradient;
            }
        }
    }
}
