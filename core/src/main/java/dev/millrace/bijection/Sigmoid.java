package dev.millrace.bijection;

import dev.millrace.kernel.Kernel;
import dev.millrace.kernel.Kernels;
import dev.millrace.kernel.Memory;

/**
 * z = σ(x), from the reals to (0, 1). The log-det is Σ −softplus(x) − softplus(−x). Beyond |x| ≈ 37 the nearest double
 * to z is 0 or 1, and no inverse can bring x back.
 *
 * @param inputShape shape of a row
 */
public record Sigmoid(Shape inputShape) implements Parameterless {

    private static final Kernel KERNEL = Kernels.active();

    @Override
    public Pass pass(int maxRows, Memory memory) {
        int length = Math.multiplyExact(maxRows, dimension());
        return new SigmoidPass(dimension(), memory.doubles(length), memory.doubles(length));
    }

    private record SigmoidPass(int dimension, double[] u, double[] v) implements Pass {

        @Override
        public void forward(int rows, double[] x, double[] z, double[] logDet) {
            int n = rows * dimension;
            System.arraycopy(x, 0, z, 0, n);
            KERNEL.sigmoid(z, n);
            addLogDet(rows, x, logDet, 1);
        }

        @Override
        public void inverse(int rows, double[] z, double[] x, double[] logDet) {
            int n = rows * dimension;
            for (int i = 0; i < n; i++) {
                u[i] = z[i];
                v[i] = 1 - z[i];
            }
            KERNEL.log(u, n);
            KERNEL.log(v, n);
            for (int i = 0; i < n; i++) {
                x[i] = u[i] - v[i];
            }
            addLogDet(rows, x, logDet, -1);
        }

        /** −softplus(x) − softplus(−x) = −|x| − 2·ln(1 + exp(−|x|)). */
        private void addLogDet(int rows, double[] x, double[] logDet, int sign) {
            int n = rows * dimension;
            for (int i = 0; i < n; i++) {
                u[i] = x[i];
                v[i] = -x[i];
            }
            KERNEL.softplus(u, n);
            KERNEL.softplus(v, n);
            for (int row = 0, at = 0; row < rows; row++, at += dimension) {
                double sum = 0;
                for (int j = 0; j < dimension; j++) {
                    sum += u[at + j] + v[at + j];
                }
                logDet[row] -= sign * sum;
            }
        }

        @Override
        public void backward(int rows, double[] x, double[] dz, double[] dLogDet, double[] dx) {
            int n = rows * dimension;
            System.arraycopy(x, 0, u, 0, n);
            KERNEL.sigmoid(u, n);
            for (int row = 0, at = 0; row < rows; row++, at += dimension) {
                for (int j = 0; j < dimension; j++) {
                    double p = u[at + j];
                    dx[at + j] = dz[at + j] * p * (1 - p) + dLogDet[row] * (1 - 2 * p);
                }
            }
        }
    }
}
