package dev.millrace.bijection;

import dev.millrace.kernel.Elementary;
import dev.millrace.kernel.Kernel;
import dev.millrace.kernel.Kernels;
import dev.millrace.kernel.Memory;
import dev.millrace.kernel.SplitMix;
import dev.millrace.net.DoubleTensor;
import dev.millrace.net.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * z = L·U·P·x with a fixed permutation P, a learned unit lower triangular L and upper triangular U whose diagonal is
 * exp(s) (Glow, Kingma and Dhariwal, arXiv 1807.03039, section 3.2; Oliva et al., arXiv 1801.09819). It mixes the
 * entries between couplings; its log-det Σ s costs nothing. It begins as the permutation.
 */
public final class LuLinear implements Bijection {

    private static final Kernel KERNEL = Kernels.active();

    private final int[] permutation;
    /** Strictly lower triangle: L without its diagonal; strictly upper: U without its diagonal; the diagonal is s. */
    private final DoubleTensor factors;

    /** L, U and Uᵀ, with the zeros. */
    private final double[] lower;

    private final double[] upper;
    private final double[] upperTransposed;
    /** Wᵀ and W of z = W·x, where W = L·U·P. */
    private final double[] transposed;

    private final double[] matrix;
    private final double[] diagonal;
    private final double[] zeros;
    private double logDet;

    private LuLinear(int[] permutation, DoubleTensor factors) {
        int n = permutation.length;
        this.permutation = permutation;
        this.factors = factors;
        this.lower = new double[n * n];
        this.upper = new double[n * n];
        this.upperTransposed = new double[n * n];
        this.transposed = new double[n * n];
        this.matrix = new double[n * n];
        this.diagonal = new double[n];
        this.zeros = new double[n];
        parametersChanged();
    }

    /** A layer that begins as this permutation. */
    public static LuLinear create(Permutation permutation) {
        return new LuLinear(permutation.source(), DoubleTensor.squareParameter(permutation.dimension()));
    }

    /** A layer that begins as a random permutation, the same for the same seed. */
    public static LuLinear create(int dimension, long seed) {
        return create(Permutation.of(new SplitMix(seed).permutation(dimension)));
    }

    /** P: entry i of P·x is entry {@code permutation()[i]} of x. */
    public int[] permutation() {
        return permutation.clone();
    }

    @Override
    public Shape inputShape() {
        return Shape.of(permutation.length);
    }

    @Override
    public Map<String, Tensor> state() {
        Map<String, Tensor> state = new LinkedHashMap<>();
        state.put("factors", factors);
        return state;
    }

    @Override
    public void parametersChanged() {
        int n = permutation.length;
        deriveFactors();
        // W·P⁻¹ = L·U first, into the array that then becomes Wᵀ's.
        KERNEL.multiply(n, n, n, lower, 0, n, 1, upper, n, zeros, 0, 0, transposed, 0, n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                matrix[i * n + permutation[j]] = transposed[i * n + j];
            }
        }
        transpose(matrix, transposed, n);
    }

    private void deriveFactors() {
        int n = permutation.length;
        double[] f = factors.data();
        logDet = 0;
        for (int i = 0, at = 0; i < n; i++, at += n) {
            diagonal[i] = Elementary.exp(f[at + i]);
            logDet += f[at + i];
            System.arraycopy(f, at, lower, at, i);
            lower[at + i] = 1;
            upper[at + i] = diagonal[i];
            System.arraycopy(f, at + i + 1, upper, at + i + 1, n - i - 1);
        }
        transpose(upper, upperTransposed, n);
    }

    private static void transpose(double[] from, double[] to, int n) {
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                to[j * n + i] = from[i * n + j];
            }
        }
    }

    @Override
    public LuLinear copy() {
        return new LuLinear(permutation, factors.copy());
    }

    @Override
    public List<Runnable> gradientTasks(List<? extends Pass> blocks) {
        double[] gradient = factors.gradient();
        LuPass[] passes = blocks.toArray(LuPass[]::new);
        double[] byMatrix = new double[gradient.length];
        double[] byLower = new double[gradient.length];
        return List.of(() -> {
            matrixGradient(passes, byMatrix);
            factorGradient(passes, byMatrix, byLower, gradient);
        });
    }

    /** The gradient by the matrix L·U: Σ dz·(P·x)ᵀ over all rows, in their order. */
    private void matrixGradient(LuPass[] passes, double[] sum) {
        int n = permutation.length;
        Arrays.fill(sum, 0);
        for (LuPass pass : passes) {
            KERNEL.multiply(n, n, pass.rows, pass.dz, 0, 1, n, pass.permuted, n, sum, 0, n, sum, 0, n);
        }
    }

    /** With M the gradient by L·U: M·Uᵀ below the diagonal is that by L, Lᵀ·M on and above it that by U. */
    private void factorGradient(LuPass[] passes, double[] byMatrix, double[] byLower, double[] gradient) {
        int n = permutation.length;
        KERNEL.multiply(n, n, n, byMatrix, 0, n, 1, upperTransposed, n, zeros, 0, 0, byLower, 0, n);
        KERNEL.multiply(n, n, n, lower, 0, 1, n, byMatrix, n, zeros, 0, 0, gradient, 0, n);
        double logDetGradient = 0;
        for (LuPass pass : passes) {
            logDetGradient += pass.logDetGradient;
        }
        for (int i = 0, at = 0; i < n; i++, at += n) {
            System.arraycopy(byLower, at, gradient, at, i);
            gradient[at + i] = gradient[at + i] * diagonal[i] + logDetGradient;
        }
    }

    @Override
    public Pass pass(int maxRows, Memory memory) {
        return new LuPass(this, maxRows, memory);
    }

    private static final class LuPass implements Pass {

        private final LuLinear layer;
        private final int n;
        private final double[] permuted;
        private final double[] dz;
        private double logDetGradient;
        private int rows;

        LuPass(LuLinear layer, int maxRows, Memory memory) {
            this.layer = layer;
            this.n = layer.permutation.length;
            this.permuted = memory.scratch().doubles(Math.multiplyExact(maxRows, n));
            this.dz = memory.scratch().doubles(maxRows * n);
        }

        @Override
        public void forward(int rows, double[] x, double[] z, double[] logDet) {
            KERNEL.multiply(rows, n, n, x, 0, n, 1, layer.transposed, n, layer.zeros, 0, 0, z, 0, n);
            for (int row = 0; row < rows; row++) {
                logDet[row] += layer.logDet;
            }
        }

        @Override
        public void inverse(int rows, double[] z, double[] x, double[] logDet) {
            for (int row = 0; row < rows; row++) {
                solve(z, x, row * n);
                logDet[row] -= layer.logDet;
            }
        }

        /** Forward substitution with L, then backward with U, then the permutation. */
        private void solve(double[] z, double[] x, int at) {
            double[] f = layer.factors.data();
            for (int i = 0; i < n; i++) {
                double sum = z[at + i];
                for (int k = 0; k < i; k++) {
                    sum -= f[i * n + k] * permuted[k];
                }
                permuted[i] = sum;
            }
            for (int i = n - 1; i >= 0; i--) {
                double sum = permuted[i];
                for (int k = i + 1; k < n; k++) {
                    sum -= f[i * n + k] * permuted[k];
                }
                permuted[i] = sum / layer.diagonal[i];
            }
            for (int i = 0; i < n; i++) {
                x[at + layer.permutation[i]] = permuted[i];
            }
        }

        @Override
        public void backward(int rows, double[] x, double[] dz, double[] dLogDet, double[] dx) {
            this.rows = rows;
            KERNEL.multiply(rows, n, n, dz, 0, n, 1, layer.matrix, n, layer.zeros, 0, 0, dx, 0, n);
            System.arraycopy(dz, 0, this.dz, 0, rows * n);
            logDetGradient = 0;
            for (int row = 0, at = 0; row < rows; row++, at += n) {
                for (int i = 0; i < n; i++) {
                    permuted[at + i] = x[at + layer.permutation[i]];
                }
                logDetGradient += dLogDet[row];
            }
        }
    }
}
