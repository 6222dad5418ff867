package dev.millrace.train;

import dev.millrace.bijection.Bijection;
import dev.millrace.distribution.Distribution;
import dev.millrace.kernel.Memory;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** The working arrays for one block of a batch's rows: every layer's pass, and the rows between the layers. */
final class Block {

    private final int maxRows;
    private final int dimension;
    private final Bijection.Pass[] passes;
    private final Distribution.Pass base;
    /** Row values between layers: {@code values[i]} goes into layer i. In the recomputing mode two arrays alternate. */
    private final double[][] values;

    private final double[] logDensity;
    private final double[] dLogDet;
    private final double[] scratchLogDet;
    private double[] gradient;
    private double[] nextGradient;
    private int rows;

    /**
     * @param memory that hands out arrays for every layer
     * @param groups first layers of the groups that share the arrays of the backward pass
     */
    Block(
            int maxRows,
            List<Bijection> layers,
            Distribution base,
            GradientMode mode,
            Memory memory,
            Set<Integer> groups) {
        this.maxRows = maxRows;
        this.dimension = base.dimension();
        passes = new Bijection.Pass[layers.size()];
        values = new double[layers.size() + 1][];
        for (int i = 0; i < passes.length; i++) {
            if (groups.contains(i)) {
                memory.nextLayer();
            }
            passes[i] = layers.get(i).pass(maxRows, memory);
        }
        memory.nextLayer();
        this.base = base.pass(maxRows, memory);
        for (int i = 0; i < values.length; i++) {
            values[i] = mode == GradientMode.KEEP || i < 2 ? new double[maxRows * dimension] : values[i - 2];
        }
        logDensity = new double[maxRows];
        scratchLogDet = new double[maxRows];
        dLogDet = new double[maxRows];
        gradient = new double[maxRows * dimension];
        nextGradient = new double[maxRows * dimension];
    }

    Bijection.Pass pass(int layer) {
        return passes[layer];
    }

    Distribution.Pass base() {
        return base;
    }

    int rows() {
        return rows;
    }

    double[] values(int layer) {
        return values[layer];
    }

    double[] gradient() {
        return gradient;
    }

    double[] dLogDet() {
        return dLogDet;
    }

    /** Takes rows order[from …] of the source, at most as many as fit. */
    void load(RowSource source, int epoch, int[] order, int from, int to) {
        rows = Math.max(0, Math.min(maxRows, to - from));
        for (int row = 0; row < rows; row++) {
            source.read(order[from + row], epoch, values[0], row * dimension);
        }
        Arrays.fill(logDensity, 0, rows, 0);
    }

    void forward(int layer) {
        passes[layer].forward(rows, values[layer], values[layer + 1], logDensity);
    }

    /** Brings back the rows that went into a layer from those that came out. */
    void recompute(int layer) {
        passes[layer].inverse(rows, values[layer + 1], values[layer], scratchLogDet);
    }

    /** Ends the forward pass and begins the backward pass of the loss: minus the log-likelihood over the batch size. */
    void throughBase(int batchRows) {
        double[] z = values[passes.length];
        base.logDensity(rows, z, logDensity);
        Arrays.fill(dLogDet, 0, rows, -1.0 / batchRows);
        base.backward(rows, z, dLogDet, gradient);
    }

    void backward(int layer) {
        passes[layer].backward(rows, values[layer], gradient, dLogDet, nextGradient);
        double[] swapped = gradient;
        gradient = nextGradient;
        nextGradient = swapped;
    }

    /** Sum of the rows' log-likelihoods, in nats. */
    double logLikelihood() {
        double sum = 0;
        for (int row = 0; row < rows; row++) {
            sum += logDensity[row];
        }
        return sum;
    }
}
