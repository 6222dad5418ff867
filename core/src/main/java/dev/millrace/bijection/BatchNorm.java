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
 * that begin at 0 and 1. The log-det is Σ g − ½ ln(v + ε).
 */
public final class BatchNorm implements BatchDependent {

    /** Keeps the scale of a constant column finite (Papamakarios et al. use the same). */
    static final double EPSILON = 1e-5;

    /** Weight of a new batch in the running averages. */
    private static final double MOMENTUM = 0.1;

    private final DoubleTensor logScale;
    private final DoubleTensor shift;
    private final DoubleTensor mean;
    private final DoubleTensor variance;

    private BatchNorm(DoubleTensor logScale, DoubleTensor shift, DoubleTensor mean, DoubleTensor variance) {
        this.logScale = logScale;
        this.shift = shift;
        this.mean = mean;
        this.variance = variance;
    }

    /** A layer for rows of {@code dimension} entries. */
    public static BatchNorm create(int dimension) {
        double[] zeros = new double[Shape.of(dimension).size()];
        double[] ones = new double[dimension];
        Arrays.fill(ones, 1);
        return new BatchNorm(
                DoubleTensor.parameter(zeros),
                DoubleTensor.parameter(zeros),
                DoubleTensor.buffer(zeros),
                DoubleTensor.buffer(ones));
    }

    @Override
    public Shape inputShape() {
        return Shape.of(mean.size());
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
        return new BatchNorm(logScale.copy(), shift.copy(), mean.copy(), variance.copy());
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
        int rows = 0;
        for (int b = 0; b < blocks.size(); b++) {
            rows += ((BatchNormPass) blocks.get(b)).rows;
        }
        int entries = mean.data().length;
        for (int j = 0; j < entries; j++) {
            double sum = 0;
            double squares = 0;
            for (int b = 0; b < blocks.size(); b++) {
                sum += ((BatchNormPass) blocks.get(b)).sum[j];
                squares += ((BatchNormPass) blocks.get(b)).squares[j];
            }
            // Sums are taken around the running mean, so that the difference of squares loses no digits.
            double offset = sum / rows;
            double batchMean = mean.data()[j] + offset;
            double batchVariance = Math.max(0, squares / rows - square(offset));
            for (int b = 0; b < blocks.size(); b++) {
                ((BatchNormPass) blocks.get(b)).use(j, batchMean, batchVariance);
            }
            mean.data()[j] += MOMENTUM * (batchMean - mean.data()[j]);
            variance.data()[j] += MOMENTUM * (batchVariance - variance.data()[j]);
        }
    }

    @Override
    public void combineGradient(List<? extends Bijection.Pass> blocks) {
        int entries = mean.data().length;
        int rows = 0;
        double logDet = 0;
        for (int b = 0; b < blocks.size(); b++) {
            rows += ((BatchNormPass) blocks.get(b)).rows;
            logDet += ((BatchNormPass) blocks.get(b)).logDetGradient;
        }
        for (int j = 0; j < entries; j++) {
            double gradient = 0;
            double product = 0;
            for (int b = 0; b < blocks.size(); b++) {
                gradient += ((BatchNormPass) blocks.get(b)).gradientSum[j];
                product += ((BatchNormPass) blocks.get(b)).productSum[j];
            }
            for (int b = 0; b < blocks.size(); b++) {
                BatchNormPass pass = (BatchNormPass) blocks.get(b);
                pass.meanGradient[j] = gradient / rows;
                pass.meanProduct[j] = (product + logDet) / rows;
            }
        }
    }

    @Override
    public Bijection.Pass pass(int maxRows, Memory memory) {
        return new BatchNormPass(this);
    }

    private static double square(double value) {
        return value * value;
    }

    private static final class BatchNormPass implements BatchDependent.Pass {

        private final BatchNorm layer;
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

        BatchNormPass(BatchNorm layer) {
            this.layer = layer;
            this.n = layer.dimension();
            batchMean = new double[n];
            batchVariance = new double[n];
            sum = new double[n];
            squares = new double[n];
            gradientSum = new double[n];
            productSum = new double[n];
            meanGradient = new double[n];
            meanProduct = new double[n];
            dLogScale = new double[n];
            dShift = new double[n];
        }

        void use(int j, double mean, double variance) {
            batchMean[j] = mean;
            batchVariance[j] = variance;
            combined = true;
        }

        private double[] mean() {
            return combined ? batchMean : layer.mean.data();
        }

        private double inverseDeviation(int j) {
            double variance = combined ? batchVariance[j] : layer.variance.data()[j];
            return 1 / Math.sqrt(variance + EPSILON);
        }

        private double logDet() {
            double logDet = 0;
            for (int j = 0; j < n; j++) {
                logDet += layer.logScale.data()[j] + Elementary.log(inverseDeviation(j));
            }
            return logDet;
        }

        @Override
        public void observe(int rows, double[] x) {
            this.rows = rows;
            Arrays.fill(sum, 0);
            Arrays.fill(squares, 0);
            double[] around = layer.mean.data();
            for (int row = 0, at = 0; row < rows; row++, at += n) {
                for (int j = 0; j < n; j++) {
                    double difference = x[at + j] - around[j];
                    sum[j] += difference;
                    squares[j] += difference * difference;
                }
            }
        }

        @Override
        public void forward(int rows, double[] x, double[] z, double[] logDet) {
            double[] mean = mean();
            for (int j = 0; j < n; j++) {
                double scale = Elementary.exp(layer.logScale.data()[j]) * inverseDeviation(j);
                double shift = layer.shift.data()[j];
                for (int i = j; i < rows * n; i += n) {
                    z[i] = (x[i] - mean[j]) * scale + shift;
                }
            }
            addLogDet(rows, logDet, logDet());
        }

        @Override
        public void inverse(int rows, double[] z, double[] x, double[] logDet) {
            double[] mean = mean();
            for (int j = 0; j < n; j++) {
                double scale = Elementary.exp(layer.logScale.data()[j]) * inverseDeviation(j);
                double shift = layer.shift.data()[j];
                for (int i = j; i < rows * n; i += n) {
                    x[i] = (z[i] - shift) / scale + mean[j];
                }
            }
            addLogDet(rows, logDet, -logDet());
        }

        private static void addLogDet(int rows, double[] logDet, double addend) {
            for (int row = 0; row < rows; row++) {
                logDet[row] += addend;
            }
        }

        @Override
        public void observeGradient(int rows, double[] x, double[] dz, double[] dLogDet) {
            logDetGradient = 0;
            for (int row = 0; row < rows; row++) {
                logDetGradient += dLogDet[row];
            }
            double[] mean = mean();
            for (int j = 0; j < n; j++) {
                double gain = Elementary.exp(layer.logScale.data()[j]);
                double inverseDeviation = inverseDeviation(j);
                double gradient = 0;
                double product = 0;
                for (int i = j; i < rows * n; i += n) {
                    double normalised = (x[i] - mean[j]) * inverseDeviation;
                    gradient += dz[i] * gain;
                    product += dz[i] * gain * normalised;
                }
                gradientSum[j] = gradient;
                productSum[j] = product;
            }
        }

        @Override
        public void backward(int rows, double[] x, double[] dz, double[] dLogDet, double[] dx) {
            double[] mean = mean();
            if (!combined) {
                observeGradient(rows, x, dz, dLogDet);
            }
            for (int j = 0; j < n; j++) {
                double gain = Elementary.exp(layer.logScale.data()[j]);
                double inverseDeviation = inverseDeviation(j);
                for (int i = j; i < rows * n; i += n) {
                    double normalised = (x[i] - mean[j]) * inverseDeviation;
                    double common = combined ? meanGradient[j] + normalised * meanProduct[j] : 0;
                    dx[i] = inverseDeviation * (dz[i] * gain - common);
                }
                dShift[j] = gradientSum[j] / gain;
                dLogScale[j] = productSum[j] + logDetGradient;
            }
        }
    }
}
