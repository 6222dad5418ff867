package dev.millrace.transformer;

import dev.millrace.kernel.Kernel;
import dev.millrace.kernel.Kernels;
import dev.millrace.kernel.Memory;
import dev.millrace.kernel.Padding;
import dev.millrace.net.DoubleTensor;
import dev.millrace.net.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * z = exp(s)·x + t: the transformer of RealNVP (Dinh et al., arXiv 1605.08803, equation 7), log-det Σ s. The network's
 * row holds t of all entries, then r of all entries, from which s is made as {@link LogScale} says.
 */
public final class Affine implements Transformer {

    private static final Kernel KERNEL = Kernels.active();

    /** The sigmoid form's factor lies between 1/8 and 8. */
    private static final double MAX_FACTOR = 8;

    private static final double MIN_FACTOR = 1 / MAX_FACTOR;
    private static final double FACTOR_RANGE = MAX_FACTOR - MIN_FACTOR;

    private final int entries;
    private final LogScale logScale;
    /** The learned c of each entry; fixed at 1 in the sigmoid form. */
    private final DoubleTensor bound;

    private Affine(int entries, LogScale logScale, DoubleTensor bound) {
        this.entries = entries;
        this.logScale = logScale;
        this.bound = bound;
    }

    /**
     * A transformer with new parameters.
     *
     * @throws IllegalArgumentException if {@code entries} is below 1
     */
    public static Affine create(int entries, LogScale logScale) {
        Objects.requireNonNull(logScale, "logScale");
        if (entries < 1) {
            throw new IllegalArgumentException("a transformer needs at least 1 entry, not " + entries);
        }
        double[] ones = new double[entries];
        Arrays.fill(ones, 1);
        return new Affine(entries, logScale, DoubleTensor.parameter(ones));
    }

    public LogScale logScale() {
        return logScale;
    }

    @Override
    public int entries() {
        return entries;
    }

    @Override
    public int parametersPerEntry() {
        return 2;
    }

    @Override
    public Map<String, Tensor> state() {
        return logScale == LogScale.TANH ? Map.of("bound", bound) : Map.of();
    }

    @Override
    public Affine copy() {
        return new Affine(entries, logScale, bound.copy());
    }

    @Override
    public List<Runnable> gradientTasks(List<? extends Transformer.Pass> blocks) {
        if (logScale != LogScale.TANH) {
            return List.of();
        }
        return List.of(bound.gradientFrom(
                blocks.stream().map(pass -> ((AffinePass) pass).boundGradient).toList()));
    }

    @Override
    public Transformer.Pass pass(int maxRows, Memory memory) {
        return new AffinePass(this, maxRows, memory);
    }

    private static final class AffinePass implements Transformer.Pass {

        private final int entries;
        private final int stride;
        private final LogScale form;
        private final double[] bound;
        /** tanh(r), or σ of the shifted r. */
        private final double[] squashed;

        private final double[] scale;
        /** Only in the sigmoid form. */
        private final double[] logScales;

        private final double[] boundGradient;

        AffinePass(Affine affine, int maxRows, Memory memory) {
            entries = affine.entries;
            stride = Padding.stride(2 * entries);
            form = affine.logScale;
            bound = affine.bound.data();
            squashed = memory.doubles(Math.multiplyExact(maxRows, entries));
            scale = memory.doubles(maxRows * entries);
            logScales = form == LogScale.SIGMOID ? memory.doubles(maxRows * entries) : null;
            boundGradient = new double[entries];
        }

        @Override
        public void forward(int rows, double[] x, float[] parameters, double[] z, double[] logDet) {
            computeScale(rows, parameters, logDet, 1);
            for (int row = 0; row < rows; row++) {
                int at = row * entries;
                int shift = row * stride;
                for (int j = 0; j < entries; j++) {
                    z[at + j] = x[at + j] * scale[at + j] + parameters[shift + j];
                }
            }
        }

        @Override
        public void inverse(int rows, double[] z, float[] parameters, double[] x, double[] logDet) {
            computeScale(rows, parameters, logDet, -1);
            for (int row = 0; row < rows; row++) {
                int at = row * entries;
                int shift = row * stride;
                for (int j = 0; j < entries; j++) {
                    x[at + j] = (z[at + j] - parameters[shift + j]) / scale[at + j];
                }
            }
        }

        /** Fills {@link #squashed} and {@link #scale}, and adds sign·Σs to the log-dets. */
        private void computeScale(int rows, float[] parameters, double[] logDet, int sign) {
            for (int row = 0; row < rows; row++) {
                int from = row * stride + entries;
                int to = row * entries;
                for (int j = 0; j < entries; j++) {
                    squashed[to + j] = parameters[from + j];
                }
            }
            if (form == LogScale.TANH) {
                tanhScale(rows, logDet, sign);
            } else {
                sigmoidScale(rows, logDet, sign);
            }
        }

        private void tanhScale(int rows, double[] logDet, int sign) {
            int n = rows * entries;
            KERNEL.tanh(squashed, n);
            for (int row = 0; row < rows; row++) {
                int at = row * entries;
                double sum = 0;
                for (int j = 0; j < entries; j++) {
                    double s = bound[j] * squashed[at + j];
                    scale[at + j] = s;
                    sum += s;
                }
                logDet[row] += sign * sum;
            }
            KERNEL.exp(scale, n);
        }

        private void sigmoidScale(int rows, double[] logDet, int sign) {
            int n = rows * entries;
            KERNEL.exp(squashed, n);
            for (int i = 0; i < n; i++) {
                // σ(r − ln 8), in a form that makes the factor exactly 1 at r = 0.
                squashed[i] = squashed[i] / (squashed[i] + MAX_FACTOR);
                scale[i] = MIN_FACTOR + FACTOR_RANGE * squashed[i];
            }
            System.arraycopy(scale, 0, logScales, 0, n);
            KERNEL.log(logScales, n);
            for (int row = 0; row < rows; row++) {
                int at = row * entries;
                double sum = 0;
                for (int j = 0; j < entries; j++) {
                    sum += logScales[at + j];
                }
                logDet[row] += sign * sum;
            }
        }

        @Override
        public void backward(
                int rows, double[] x, double[] dz, double[] dLogDet, double[] dx, float[] parameterGradients) {
            Arrays.fill(boundGradient, 0);
            for (int row = 0; row < rows; row++) {
                int at = row * entries;
                int shift = row * stride;
                int raw = shift + entries;
                for (int j = 0; j < entries; j++) {
                    double dzScaled = dz[at + j] * scale[at + j];
                    double ds = dzScaled * x[at + j] + dLogDet[row];
                    double u = squashed[at + j];
                    dx[at + j] = dzScaled;
                    parameterGradients[shift + j] = (float) dz[at + j];
                    if (form == LogScale.TANH) {
                        boundGradient[j] += ds * u;
                        parameterGradients[raw + j] = (float) (ds * bound[j] * (1 - u * u));
                    } else {
                        parameterGradients[raw + j] = (float) (ds * FACTOR_RANGE * u * (1 - u) / scale[at + j]);
                    }
                }
                Arrays.fill(parameterGradients, raw + entries, shift + stride, 0);
            }
        }
    }
}
