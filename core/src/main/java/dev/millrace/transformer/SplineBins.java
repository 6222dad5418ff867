package dev.millrace.transformer;

import dev.millrace.kernel.Elementary;
import dev.millrace.kernel.Kernel;
import dev.millrace.kernel.Kernels;
import dev.millrace.kernel.Memory;
import dev.millrace.kernel.Padding;
import java.util.Arrays;

/**
 * The bins that the entries of a block of rows fall into: from network outputs to knots, and from gradients by the knots
 * back to gradients by network outputs. All arrays but the shares have one number for each entry of the block.
 *
 * <p>An entry in the tails gets a bin of its own, on which the spline is the identity: it begins at the entry, has width
 * and height 1 and derivatives 1. So the arithmetic that follows needs no cases.
 */
final class SplineBins {

    private static final Kernel KERNEL = Kernels.active();
    private static final double MIN = RationalQuadratic.MIN_SHARE;

    /** What is added to a raw derivative, so that 0 gives a derivative of 1: softplus(shift) + MIN = 1. */
    private static final double SLOPE_SHIFT = Elementary.log(Elementary.exp(1 - MIN) - 1);

    /** Fewer entries than this are too few for a loop. */
    private static final int FEW = 8;

    /** Stands for a bin in the tails. */
    private static final int OUTSIDE = -1;

    /** Left end, width, lower end, height. */
    final double[] x0;

    final double[] width;
    final double[] y0;
    final double[] height;

    /** Derivatives at the left ends of all entries, then at the right ends of all entries. */
    final double[] slopes;

    private final int entries;
    private final int bins;
    private final double bound;
    private final int stride;
    /** Softmax of the raw widths, then of the raw heights: the first share of all entries of the block, then the second. */
    private final double[] shares;

    private final double[] index;
    private final double[] byShares;
    private final double[] gates;

    SplineBins(RationalQuadratic spline, int maxRows, Memory memory) {
        entries = spline.entries();
        bins = spline.bins();
        bound = spline.tailBound();
        stride = Padding.stride(entries * spline.parametersPerEntry());
        int n = Math.multiplyExact(maxRows, entries);
        x0 = memory.doubles(n);
        width = memory.doubles(n);
        y0 = memory.doubles(n);
        height = memory.doubles(n);
        index = memory.doubles(n);
        slopes = memory.doubles(Math.multiplyExact(2, n));
        shares = memory.doubles(Math.multiplyExact(n, 2 * bins));
        byShares = memory.scratch().doubles(shares.length);
        gates = memory.scratch().doubles(2 * n);
    }

    /** Finds the bins of x. */
    void findByX(int rows, double[] x, float[] parameters) {
        computeShares(rows, parameters);
        find(rows, x, 0, bins, x0, width, y0, height);
        computeSlopes(rows, parameters);
    }

    /** Finds the bins of y, which are those of x = f⁻¹(y): the knots are the same bits. */
    void findByY(int rows, double[] y, float[] parameters) {
        computeShares(rows, parameters);
        find(rows, y, bins, 0, y0, height, x0, width);
        computeSlopes(rows, parameters);
    }

    private void computeShares(int rows, float[] parameters) {
        int n = rows * entries;
        gather(rows, parameters, n);
        KERNEL.softmax(2, n, bins, shares);
    }

    /** The first shares of all entries, then the second, and so on, so that loops over the block are long. */
    private void gather(int rows, float[] parameters, int n) {
        for (int share = 0; share < 2 * bins; share++) {
            if (entries < FEW) {
                for (int j = 0; j < entries; j++) {
                    gather(rows, parameters, share * entries + j, stride, share * n + j, entries);
                }
            } else {
                for (int row = 0; row < rows; row++) {
                    gather(entries, parameters, row * stride + share * entries, 1, share * n + row * entries, 1);
                }
            }
        }
    }

    private void gather(int count, float[] parameters, int from, int fromStep, int to, int toStep) {
        for (int i = 0; i < count; i++) {
            shares[to + i * toStep] = parameters[from + i * fromStep];
        }
    }

    /**
     * Walks along both axes until the bin ends beyond the value.
     *
     * @param valueAxis which group of shares the values lie on: the first of widths or of heights
     */
    private void find(
            int rows,
            double[] values,
            int valueAxis,
            int otherAxis,
            double[] valueStart,
            double[] valueSize,
            double[] otherStart,
            double[] otherSize) {
        double least = 2 * bound * MIN;
        double rest = 2 * bound * (1 - bins * MIN);
        int n = rows * entries;
        for (int i = 0; i < n; i++) {
            double value = values[i];
            if (!(value > -bound && value < bound)) {
                index[i] = OUTSIDE;
                valueStart[i] = value;
                otherStart[i] = value;
                valueSize[i] = 1;
                otherSize[i] = 1;
                continue;
            }
            int on = valueAxis * n + i;
            int other = otherAxis * n + i;
            double start = -bound;
            double otherAt = -bound;
            double end = start + (least + rest * shares[on]);
            int k = 0;
            while (k < bins - 1 && value >= end) {
                otherAt += least + rest * shares[other + k * n];
                k++;
                start = end;
                end += least + rest * shares[on + k * n];
            }
            boolean last = k == bins - 1;
            index[i] = k;
            valueStart[i] = start;
            otherStart[i] = otherAt;
            // The last bin ends at B exactly, whatever rounding has done to the sum.
            valueSize[i] = last ? bound - start : end - start;
            otherSize[i] = last ? bound - otherAt : otherAt + (least + rest * shares[other + k * n]) - otherAt;
        }
    }

    private void computeSlopes(int rows, float[] parameters) {
        int n = rows * entries;
        for (int row = 0, i = 0; row < rows; row++) {
            int first = row * stride + 2 * bins * entries;
            for (int raw = first; raw < first + entries; raw++, i++) {
                int k = (int) index[i];
                slopes[i] = SLOPE_SHIFT + (k > 0 ? parameters[raw + (k - 1) * entries] : 0);
                slopes[n + i] = SLOPE_SHIFT + (hasInnerEnd(k) ? parameters[raw + k * entries] : 0);
            }
        }
        KERNEL.softplus(slopes, 2 * n);
        for (int i = 0; i < n; i++) {
            int k = (int) index[i];
            slopes[i] = k > 0 ? slopes[i] + MIN : 1;
            slopes[n + i] = hasInnerEnd(k) ? slopes[n + i] + MIN : 1;
        }
    }

    /** Whether a bin's right end is a knot whose derivative is learned. */
    private boolean hasInnerEnd(int k) {
        return k != OUTSIDE && k < bins - 1;
    }

    /**
     * Sets the gradients with respect to the network's outputs, zero where an entry has no part in them.
     *
     * @param byX0 and the next five: gradients with respect to what is in the arrays of the same names
     */
    void backward(
            int rows,
            double[] byX0,
            double[] byWidth,
            double[] byY0,
            double[] byHeight,
            double[] bySlopes,
            float[] parameterGradients) {
        int n = rows * entries;
        Arrays.fill(parameterGradients, 0, rows * stride, 0);
        // The derivative of softplus(u) is 1 − exp(−softplus(u)).
        for (int i = 0; i < 2 * n; i++) {
            gates[i] = MIN - slopes[i];
        }
        KERNEL.exp(gates, 2 * n);
        // The start of a bin is the sum of the sizes before it, so each of these has the start's gradient.
        KERNEL.softmaxBackward(n, bins, shares, 0, index, byX0, byWidth, byShares);
        KERNEL.softmaxBackward(n, bins, shares, bins * n, index, byY0, byHeight, byShares);
        scatter(rows, n, parameterGradients);
        for (int row = 0, i = 0; row < rows; row++) {
            int first = row * stride + 2 * bins * entries;
            for (int raw = first; raw < first + entries; raw++, i++) {
                slopesBackward(n, (int) index[i], i, bySlopes, parameterGradients, raw);
            }
        }
    }

    /** The way back of what {@link #gather} does. */
    private void scatter(int rows, int n, float[] gradients) {
        for (int share = 0; share < 2 * bins; share++) {
            if (entries < FEW) {
                for (int j = 0; j < entries; j++) {
                    scatter(rows, share * n + j, entries, gradients, share * entries + j, stride);
                }
            } else {
                for (int row = 0; row < rows; row++) {
                    scatter(entries, share * n + row * entries, 1, gradients, row * stride + share * entries, 1);
                }
            }
        }
    }

    private void scatter(int count, int from, int fromStep, float[] gradients, int to, int toStep) {
        double scale = 2 * bound * (1 - bins * MIN);
        for (int i = 0; i < count; i++) {
            gradients[to + i * toStep] = (float) (scale * byShares[from + i * fromStep]);
        }
    }

    private void slopesBackward(int n, int k, int i, double[] bySlopes, float[] gradients, int to) {
        if (k > 0) {
            gradients[to + (k - 1) * entries] = (float) (bySlopes[i] * (1 - gates[i]));
        }
        if (hasInnerEnd(k)) {
            gradients[to + k * entries] = (float) (bySlopes[n + i] * (1 - gates[n + i]));
        }
    }
}
