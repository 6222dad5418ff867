package dev.millrace.transformer;

import dev.millrace.kernel.Memory;
import dev.millrace.kernel.Padding;
import dev.millrace.net.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * z = x + t: the transformer of NICE (Dinh et al., arXiv 1410.8516, section 3.2). Its log-det is 0.
 *
 * @param entries entries of a row, at least 1
 */
public record Additive(int entries) implements Transformer {

    /** @throws IllegalArgumentException if {@code entries} is below 1 */
    public Additive {
        if (entries < 1) {
            throw new IllegalArgumentException("a transformer needs at least 1 entry, not " + entries);
        }
    }

    @Override
    public int parametersPerEntry() {
        return 1;
    }

    @Override
    public Map<String, Tensor> state() {
        return Map.of();
    }

    @Override
    public Additive copy() {
        return this;
    }

    @Override
    public List<Runnable> gradientTasks(List<? extends Transformer.Pass> blocks) {
        return List.of();
    }

    @Override
    public Transformer.Pass pass(int maxRows, Memory memory) {
        return new AdditivePass(entries);
    }

    private record AdditivePass(int entries) implements Transformer.Pass {

        @Override
        public void forward(int rows, double[] x, float[] parameters, double[] z, double[] logDet) {
            int stride = Padding.stride(entries);
            for (int row = 0; row < rows; row++) {
                int at = row * entries;
                for (int j = 0; j < entries; j++) {
                    z[at + j] = x[at + j] + parameters[row * stride + j];
                }
            }
        }

        @Override
        public void inverse(int rows, double[] z, float[] parameters, double[] x, double[] logDet) {
            int stride = Padding.stride(entries);
            for (int row = 0; row < rows; row++) {
                int at = row * entries;
                for (int j = 0; j < entries; j++) {
                    x[at + j] = z[at + j] - parameters[row * stride + j];
                }
            }
        }

        @Override
        public void backward(
                int rows, double[] x, double[] dz, double[] dLogDet, double[] dx, float[] parameterGradients) {
            int stride = Padding.stride(entries);
            System.arraycopy(dz, 0, dx, 0, rows * entries);
            for (int row = 0; row < rows; row++) {
                int at = row * entries;
                for (int j = 0; j < entries; j++) {
                    parameterGradients[row * stride + j] = (float) dz[at + j];
                }
                Arrays.fill(parameterGradients, row * stride + entries, (row + 1) * stride, 0);
            }
        }
    }
}
