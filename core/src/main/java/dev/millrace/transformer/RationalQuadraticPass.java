package dev.millrace.transformer;

import dev.millrace.kernel.Kernel;
import dev.millrace.kernel.Kernels;
import dev.millrace.kernel.Memory;

/**
 * The rational quadratics of the bins that a block's entries fall into. With θ = (x − x₀) / w, slope s = h / w,
 * derivatives d₀ and d₁ at the ends, and u = θ(1 − θ) (arXiv 1906.04032, equations 4 to 8):
 *
 * <pre>
 * M = s·θ² + d₀·u          D = s + (d₀ + d₁ − 2s)·u          A = d₁·θ² + 2s·u + d₀·(1 − θ)²
 * z = y₀ + h·M / D         dz/dx = s²·A / D²
 * </pre>
 */
final class RationalQuadraticPass implements Transformer.Pass {

    private static final Kernel KERNEL = Kernels.active();

    private final int entries;
    private final SplineBins bins;
    private final double[] theta;
    private final double[] logDerivatives;
    private final double[] byWidth;
    private final double[] byHeight;
    private final double[] byX0;
    private final double[] bySlopes;

    RationalQuadraticPass(RationalQuadratic spline, int maxRows, Memory memory) {
        entries = spline.entries();
        bins = new SplineBins(spline, maxRows, memory);
        int n = maxRows * entries;
        theta = memory.doubles(n);
        logDerivatives = memory.doubles(n);
        byWidth = memory.scratch().doubles(n);
        byHeight = memory.scratch().doubles(n);
        byX0 = memory.scratch().doubles(n);
        bySlopes = memory.scratch().doubles(2 * n);
    }

    @Override
    public void forward(int rows, double[] x, float[] parameters, double[] z, double[] logDet) {
        bins.findByX(rows, x, parameters);
        int n = rows * entries;
        for (int i = 0; i < n; i++) {
            theta[i] = (x[i] - bins.x0[i]) / bins.width[i];
        }
        evaluate(n, z, logDerivatives);
        addLogDet(rows, logDet, 1);
    }

    @Override
    public void inverse(int rows, double[] z, float[] parameters, double[] x, double[] logDet) {
        bins.findByY(rows, z, parameters);
        int n = rows * entries;
        solve(n, z);
        evaluate(n, x, logDerivatives);
        for (int i = 0; i < n; i++) {
            x[i] = bins.x0[i] + theta[i] * bins.width[i];
        }
        addLogDet(rows, logDet, -1);
    }

    private void evaluate(int n, double[] z, double[] derivatives) {
        for (int i = 0; i < n; i++) {
            double h = bins.height[i];
            double s = h / bins.width[i];
            double d0 = bins.slopes[i];
            double d1 = bins.slopes[n + i];
            double t = theta[i];
            double u = t * (1 - t);
            double m = s * t * t + d0 * u;
            double d = s + (d0 + d1 - 2 * s) * u;
            double a = d1 * t * t + 2 * s * u + d0 * (1 - t) * (1 - t);
            double ratio = s / d;
            z[i] = bins.y0[i] + h * (m / d);
            derivatives[i] = ratio * ratio * a;
        }
    }

    /**
     * θ is the root of a·θ² + b·θ + c in [0, 1], where c ≤ 0 and a + b = h·s > 0. Of its two forms, the one is taken that
     * adds numbers of one sign.
     */
    private void solve(int n, double[] z) {
        for (int i = 0; i < n; i++) {
            double h = bins.height[i];
            double s = h / bins.width[i];
            double d0 = bins.slopes[i];
            double dy = z[i] - bins.y0[i];
            double bend = dy * (d0 + bins.slopes[n + i] - 2 * s);
            double a = h * (s - d0) + bend;
            double b = h * d0 - bend;
            double c = -s * dy;
            // Never negative but by rounding: the quadratic has a root in the bin.
            double root = Math.sqrt(Math.max(0, b * b - 4 * a * c));
            double t = b >= 0 ? -2 * c / (b + root) : (root - b) / (2 * a);
            theta[i] = Math.max(0, Math.min(1, t));
        }
    }

    private void addLogDet(int rows, double[] logDet, int sign) {
        KERNEL.log(logDerivatives, rows * entries);
        for (int row = 0; row < rows; row++) {
            double sum = 0;
            for (int j = row * entries; j < (row + 1) * entries; j++) {
                sum += logDerivatives[j];
            }
            logDet[row] += sign * sum;
        }
    }

    @Override
    public void backward(int rows, double[] x, double[] dz, double[] dLogDet, double[] dx, float[] parameterGradients) {
        int n = rows * entries;
        for (int row = 0; row < rows; row++) {
            backward(row * entries, (row + 1) * entries, n, dz, dLogDet[row], dx);
        }
        for (int i = 0; i < n; i++) {
            byX0[i] = -dx[i];
        }
        bins.backward(rows, byX0, byWidth, dz, byHeight, bySlopes, parameterGradients);
    }

    /** The chain rule through z and ln(dz/dx) to θ, s and the derivatives, and through these to the bin's place and size. */
    private void backward(int from, int to, int n, double[] dz, double dLogDet, double[] dx) {
        for (int i = from; i < to; i++) {
            double w = bins.width[i];
            double h = bins.height[i];
            double s = h / w;
            double d0 = bins.slopes[i];
            double d1 = bins.slopes[n + i];
            double t = theta[i];
            double u = t * (1 - t);
            double bend = d0 + d1 - 2 * s;
            double m = s * t * t + d0 * u;
            double d = s + bend * u;
            double a = d1 * t * t + 2 * s * u + d0 * (1 - t) * (1 - t);
            double inverseD = 1 / d;
            double inverseA = 1 / a;
            double q = m * inverseD;
            double dq = dz[i] * h;

            double byTheta = dq * s * a * inverseD * inverseD
                    + dLogDet
                            * (2 * (d1 * t + s * (1 - 2 * t) - d0 * (1 - t)) * inverseA
                                    - 2 * bend * (1 - 2 * t) * inverseD);
            double byS = dq * (t * t - q * (1 - 2 * u)) * inverseD
                    + dLogDet * 2 * (1 / s + u * inverseA - (1 - 2 * u) * inverseD);
            double both = -2 * u * inverseD * dLogDet;
            bySlopes[i] = dq * u * (1 - q) * inverseD + dLogDet * (1 - t) * (1 - t) * inverseA + both;
            bySlopes[n + i] = -dq * u * q * inverseD + dLogDet * t * t * inverseA + both;
            byHeight[i] = dz[i] * q + byS / w;
            byWidth[i] = -(byS * s + byTheta * t) / w;
            dx[i] = byTheta / w;
        }
    }
}
