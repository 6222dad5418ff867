package dev.millrace.distribution;

import dev.millrace.kernel.Elementary;
import dev.millrace.kernel.Memory;
import dev.millrace.kernel.SplitMix;
import dev.millrace.net.DoubleTensor;
import dev.millrace.net.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Independent normals with learned means and standard deviations; begins as the standard normal. */
public final class DiagonalNormal implements Distribution {

    private final DoubleTensor mean;
    private final DoubleTensor logDeviation;
    private final double[] precision;

    private DiagonalNormal(DoubleTensor mean, DoubleTensor logDeviation) {
        this.mean = mean;
        this.logDeviation = logDeviation;
        this.precision = new double[mean.size()];
        parametersChanged();
    }

    /**
     * A distribution of rows of {@code dimension} entries.
     *
     * @throws IllegalArgumentException if {@code dimension} is below 1
     */
    public static DiagonalNormal create(int dimension) {
        if (dimension < 1) {
            throw new IllegalArgumentException("a distribution needs at least 1 dimension, not " + dimension);
        }
        double[] zeros = new double[dimension];
        return new DiagonalNormal(DoubleTensor.parameter(zeros), DoubleTensor.parameter(zeros));
    }

    @Override
    public int dimension() {
        return precision.length;
    }

    @Override
    public Map<String, Tensor> state() {
        Map<String, Tensor> state = new LinkedHashMap<>();
        state.put("mean", mean);
        state.put("logDeviation", logDeviation);
        return state;
    }

    @Override
    public void parametersChanged() {
        for (int j = 0; j < precision.length; j++) {
            precision[j] = Elementary.exp(-logDeviation.data()[j]);
        }
    }

    @Override
    public DiagonalNormal copy() {
        return new DiagonalNormal(mean.copy(), logDeviation.copy());
    }

    @Override
    public void sample(SplitMix random, double temperature, double[] z, int at) {
        for (int j = 0; j < precision.length; j++) {
            z[at + j] = mean.data()[j] + temperature * NormalQuantile.of(random.nextOpen()) / precision[j];
        }
    }

    @Override
    public double quantile(int entry, double p) {
        return mean.data()[entry] + NormalQuantile.of(p) / precision[entry];
    }

    @Override
    public List<Runnable> gradientTasks(List<? extends Pass> blocks) {
        List<DiagonalPass> passes =
                blocks.stream().map(DiagonalPass.class::cast).toList();
        return List.of(
                mean.gradientFrom(passes.stream().map(pass -> pass.dMean).toList()),
                logDeviation.gradientFrom(
                        passes.stream().map(pass -> pass.dLogDeviation).toList()));
    }

    @Override
    public Pass pass(int maxRows, Memory memory) {
        return new DiagonalPass(this);
    }

    private static final class DiagonalPass implements Pass {

        private final int dimension;
        private final double[] mean;
        private final double[] logDeviation;
        private final double[] precision;
        private final double[] dMean;
        private final double[] dLogDeviation;

        DiagonalPass(DiagonalNormal normal) {
            dimension = normal.dimension();
            mean = normal.mean.data();
            logDeviation = normal.logDeviation.data();
            precision = normal.precision;
            dMean = new double[dimension];
            dLogDeviation = new double[dimension];
        }

        @Override
        public void logDensity(int rows, double[] z, double[] logDensity) {
            double logPrecision = 0;
            for (int j = 0; j < dimension; j++) {
                logPrecision -= logDeviation[j] + StandardNormal.HALF_LOG_TWO_PI;
            }
            for (int row = 0, at = 0; row < rows; row++, at += dimension) {
                double sum = 0;
                for (int j = 0; j < dimension; j++) {
                    double u = (z[at + j] - mean[j]) * precision[j];
                    sum += u * u;
                }
                logDensity[row] += logPrecision - 0.5 * sum;
            }
        }

        @Override
        public void backward(int rows, double[] z, double[] dLogDensity, double[] dz) {
            Arrays.fill(dMean, 0);
            Arrays.fill(dLogDeviation, 0);
            for (int row = 0, at = 0; row < rows; row++, at += dimension) {
                for (int j = 0; j < dimension; j++) {
                    double u = (z[at + j] - mean[j]) * precision[j];
                    double gradient = -u * precision[j] * dLogDensity[row];
                    dz[at + j] = gradient;
                    dMean[j] -= gradient;
                    dLogDeviation[j] += dLogDensity[row] * (u * u - 1);
                }
            }
        }
    }
}
