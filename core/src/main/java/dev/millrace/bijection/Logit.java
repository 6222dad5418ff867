package dev.millrace.bijection;

import dev.millrace.kernel.Elementary;
import dev.millrace.kernel.Kernel;
import dev.millrace.kernel.Kernels;
import dev.millrace.kernel.Memory;
import java.util.Objects;

/**
 * z = logit(u) with u = α + c·x, from [0, 1] to the reals. The log-det is Σ ln c − ln u − ln(1 − u). An x for which u is
 * not between 0 and 1 gives a NaN or an infinity, which a flow reports.
 *
 * <p>The two variants of the literature are different models. {@link Variant#SYMMETRIC} is that of the official RealNVP
 * code, {@link Variant#PAPER} the formula in the text of RealNVP (arXiv 1605.08803, section 4.1).
 */
public final class Logit implements Parameterless {

    /** How α squeezes [0, 1]. */
    public enum Variant {
        /** u = α + (1 − 2α)·x, in [α, 1 − α]. */
        SYMMETRIC,
        /** u = α + (1 − α)·x, in [α, 1]. */
        PAPER
    }

    private static final Kernel KERNEL = Kernels.active();

    private final Shape shape;
    private final Variant variant;
    private final double alpha;

    private Logit(Shape shape, Variant variant, double alpha) {
        this.shape = shape;
        this.variant = variant;
        this.alpha = alpha;
    }

    /**
     * A logit of every entry.
     *
     * @param alpha in [0, ½)
     * @throws IllegalArgumentException if α is out of its range
     */
    public static Logit of(Shape shape, Variant variant, double alpha) {
        Objects.requireNonNull(variant, "variant");
        if (!(alpha >= 0 && alpha < 0.5)) {
            throw new IllegalArgumentException("alpha must be in [0, 0.5), not " + alpha);
        }
        return new Logit(shape, variant, alpha);
    }

    public Variant variant() {
        return variant;
    }

    public double alpha() {
        return alpha;
    }

    @Override
    public Shape inputShape() {
        return shape;
    }

    @Override
    public Pass pass(int maxRows, Memory memory) {
        double width = variant == Variant.SYMMETRIC ? 1 - 2 * alpha : 1 - alpha;
        int length = Math.multiplyExact(maxRows, dimension());
        return new LogitPass(dimension(), alpha, width, memory.doubles(length), memory.doubles(length));
    }

    private record LogitPass(int dimension, double alpha, double width, double[] u, double[] v) implements Pass {

        @Override
        public void forward(int rows, double[] x, double[] z, double[] logDet) {
            int n = rows * dimension;
            for (int i = 0; i < n; i++) {
                u[i] = alpha + width * x[i];
                v[i] = 1 - u[i];
            }
            KERNEL.log(u, n);
            KERNEL.log(v, n);
            for (int i = 0; i < n; i++) {
                z[i] = u[i] - v[i];
            }
            addLogDet(rows, logDet, 1);
        }

        @Override
        public void inverse(int rows, double[] z, double[] x, double[] logDet) {
            int n = rows * dimension;
            for (int i = 0; i < n; i++) {
                u[i] = -z[i];
                v[i] = z[i];
                x[i] = z[i];
            }
            // ln σ(z) = −softplus(−z) and ln(1 − σ(z)) = −softplus(z), exact in both tails.
            KERNEL.softplus(u, n);
            KERNEL.softplus(v, n);
            KERNEL.sigmoid(x, n);
            for (int i = 0; i < n; i++) {
                u[i] = -u[i];
                v[i] = -v[i];
                x[i] = (x[i] - alpha) / width;
            }
            addLogDet(rows, logDet, -1);
        }

        private void addLogDet(int rows, double[] logDet, int sign) {
            double logWidth = Elementary.log(width);
            for (int row = 0, at = 0; row < rows; row++, at += dimension) {
                double sum = 0;
                for (int j = 0; j < dimension; j++) {
                    sum += logWidth - u[at + j] - v[at + j];
                }
                logDet[row] += sign * sum;
            }
        }

        @Override
        public void backward(int rows, double[] x, double[] dz, double[] dLogDet, double[] dx) {
            for (int row = 0, at = 0; row < rows; row++, at += dimension) {
                for (int j = 0; j < dimension; j++) {
                    double p = alpha + width * x[at + j];
                    double slope = width / (p * (1 - p));
                    dx[at + j] = slope * (dz[at + j] + dLogDet[row] * (2 * p - 1));
                }
            }
        }
    }
}
