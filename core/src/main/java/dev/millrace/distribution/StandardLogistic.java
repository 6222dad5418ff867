package dev.millrace.distribution;

import dev.millrace.kernel.Elementary;
import dev.millrace.kernel.Kernel;
import dev.millrace.kernel.Kernels;
import dev.millrace.kernel.Memory;
import dev.millrace.kernel.SplitMix;
import dev.millrace.net.Tensor;
import java.util.List;
import java.util.Map;

/**
 * Independent logistic distributions of mean 0 and scale 1, the prior of NICE on images (Dinh et al., arXiv 1410.8516,
 * section 3.4): log p(z) = −softplus(z) − softplus(−z).
 *
 * @param dimension entries of a row, at least 1
 */
public record StandardLogistic(int dimension) implements Distribution {

    private static final Kernel KERNEL = Kernels.active();

    /** @throws IllegalArgumentException if {@code dimension} is below 1 */
    public StandardLogistic {
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
    public StandardLogistic copy() {
        return this;
    }

    @Override
    public void sample(SplitMix random, double temperature, double[] z, int at) {
        for (int j = 0; j < dimension; j++) {
            z[at + j] = temperature * quantile(j, random.nextOpen());
        }
    }

    @Override
    public double quantile(int entry, double p) {
        return Elementary.log(p) - Elementary.log(1 - p);
    }

    @Override
    public List<Runnable> gradientTasks(List<? extends Pass> blocks) {
        return List.of();
    }

    @Override
    public Pass pass(int maxRows, Memory memory) {
        return new LogisticPass(dimension, memory.doubles(Math.multiplyExact(maxRows, dimension)));
    }

    private record LogisticPass(int dimension, double[] work) implements Pass {

        /** With a = |z|: softplus(a) + softplus(−a) = 2·softplus(−a) + a. */
        @Override
        public void logDensity(int rows, double[] z, double[] logDensity) {
            int n = rows * dimension;
            for (int i = 0; i < n; i++) {
                work[i] = -Math.abs(z[i]);
            }
            KERNEL.softplus(work, n);
            for (int row = 0, at = 0; row < rows; row++, at += dimension) {
                double sum = 0;
                for (int j = 0; j < dimension; j++) {
                    sum += 2 * work[at + j] + Math.abs(z[at + j]);
                }
                logDensity[row] -= sum;
            }
        }

        /** d log p / dz = 1 − 2σ(z) = −tanh(z / 2). */
        @Override
        public void backward(int rows, double[] z, double[] dLogDensity, double[] dz) {
            int n = rows * dimension;
            for (int i = 0; i < n; i++) {
                dz[i] = -0.5 * z[i];
            }
            KERNEL.tanh(dz, n);
            for (int row = 0, at = 0; row < rows; row++, at += dimension) {
                for (int j = 0; j < dimension; j++) {
                    dz[at + j] *= dLogDensity[row];
                }
            }
        }
    }
}
