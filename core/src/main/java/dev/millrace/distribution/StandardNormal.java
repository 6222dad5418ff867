package dev.millrace.distribution;

import dev.millrace.kernel.Memory;
import dev.millrace.kernel.SplitMix;
import dev.millrace.net.Tensor;
import java.util.List;
import java.util.Map;

/**
 * Independent normals of mean 0 and variance 1.
 *
 * @param dimension entries of a row, at least 1
 */
public record StandardNormal(int dimension) implements Distribution {

    /** ½ ln 2π. */
    static final double HALF_LOG_TWO_PI = 0.9189385332046727;

    /** @throws IllegalArgumentException if {@code dimension} is below 1 */
    public StandardNormal {
        if (dimension < 1) {
            throw new IllegalArgumentException("a distribution needs at least 1 dimension, not " + dimension);
        }
    }

    @Override
    public Map<String, Tensor> state() {
        return Map.of();
    }

    @Override
    public void parametersChanged() {}

    @Override
    public StandardNormal copy() {
        return this;
    }

    @Override
    public void sample(SplitMix random, double temperature, double[] z, int at) {
        for (int j = 0; j < dimension; j++) {
            z[at + j] = temperature * NormalQuantile.of(random.nextOpen());
        }
    }

    @Override
    public double quantile(int entry, double p) {
        return NormalQuantile.of(p);
    }

    @Override
    public List<Runnable> gradientTasks(List<? extends Pass> blocks) {
        return List.of();
    }

    @Override
    public Pass pass(int maxRows, Memory memory) {
        return new NormalPass(dimension);
    }

    private record NormalPass(int dimension) implements Pass {

        @Override
        public void logDensity(int rows, double[] z, double[] logDensity) {
            for (int row = 0, at = 0; row < rows; row++, at += dimension) {
                double sum = 0;
                for (int j = 0; j < dimension; j++) {
                    sum += z[at + j] * z[at + j];
                }
                logDensity[row] += -0.5 * sum - dimension * HALF_LOG_TWO_PI;
            }
        }

        @Override
        public void backward(int rows, double[] z, double[] dLogDensity, double[] dz) {
            for (int row = 0, at = 0; row < rows; row++, at += dimension) {
                for (int j = 0; j < dimension; j++) {
                    dz[at + j] = -z[at + j] * dLogDensity[row];
                }
            }
        }
    }
}
