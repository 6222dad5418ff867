package dev.millrace;

import dev.millrace.bijection.Bijection;
import dev.millrace.bijection.Composition;
import dev.millrace.distribution.Distribution;
import dev.millrace.kernel.Memory;
import dev.millrace.kernel.SplitMix;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/** Working arrays for using a flow, for one thread at a time: rows go through in blocks. */
final class Scoring {

    private final Composition bijection;
    private final Distribution base;
    private final int dimension;
    private final int blockRows;
    private final Bijection.Pass pass;
    private final Distribution.Pass basePass;
    private final double[] x;
    private final double[] z;
    private final double[] logDensity;
    private final SplitMix random = new SplitMix(0);
    private RowGradients gradients;

    Scoring(Composition bijection, Distribution base) {
        this.bijection = bijection;
        this.base = base;
        this.dimension = base.dimension();
        this.blockRows = bijection.blockRows();
        Memory memory = Memory.shared();
        pass = bijection.pass(blockRows, memory);
        basePass = base.pass(blockRows, memory);
        x = new double[blockRows * dimension];
        z = new double[blockRows * dimension];
        logDensity = new double[blockRows];
    }

    double logProb(double[] row) {
        score(row, 0, 1);
        return logDensity[0];
    }

    void logProb(double[] rows, int count, double[] logProb) {
        for (int from = 0; from < count; from += blockRows) {
            int n = Math.min(blockRows, count - from);
            score(rows, from, n);
            System.arraycopy(logDensity, 0, logProb, from, n);
        }
    }

    private void score(double[] rows, int from, int n) {
        normalise(rows, from, n);
        basePass.logDensity(n, z, logDensity);
        requireFinite(n, from);
    }

    private void normalise(double[] rows, int from, int n) {
        System.arraycopy(rows, from * dimension, x, 0, n * dimension);
        Arrays.fill(logDensity, 0, n, 0);
        pass.forward(n, x, z, logDensity);
    }

    double[] forward(double[] rows, int count) {
        double[] latent = new double[count * dimension];
        for (int from = 0; from < count; from += blockRows) {
            int n = Math.min(blockRows, count - from);
            normalise(rows, from, n);
            for (int row = 0; row < n; row++) {
                requireFiniteLatent(row, from + row);
            }
            System.arraycopy(z, 0, latent, from * dimension, n * dimension);
        }
        return latent;
    }

    double[] inverse(double[] latent, int count) {
        double[] rows = new double[count * dimension];
        for (int from = 0; from < count; from += blockRows) {
            int n = Math.min(blockRows, count - from);
            System.arraycopy(latent, from * dimension, z, 0, n * dimension);
            Arrays.fill(logDensity, 0, n, 0);
            pass.inverse(n, z, x, logDensity);
            System.arraycopy(x, 0, rows, from * dimension, n * dimension);
        }
        requireFiniteInverse(latent, rows, count);
        return rows;
    }

    Flow.Sample sample(long first, int count, long seed, double temperature) {
        double[] rows = new double[Math.multiplyExact(count, dimension)];
        double[] logProb = new double[count];
        for (int from = 0; from < count; from += blockRows) {
            int n = Math.min(blockRows, count - from);
            for (int row = 0; row < n; row++) {
                random.reseed(seed, first + from + row);
                base.sample(random, temperature, z, row * dimension);
            }
            Arrays.fill(logDensity, 0, n, 0);
            pass.inverse(n, z, x, logDensity);
            for (int row = 0; row < n; row++) {
                logDensity[row] = -logDensity[row];
            }
            basePass.logDensity(n, z, logDensity);
            System.arraycopy(x, 0, rows, from * dimension, n * dimension);
            System.arraycopy(logDensity, 0, logProb, from, n);
        }
        requireFiniteSample(rows, logProb, first);
        return new Flow.Sample(rows, logProb);
    }

    double[] layerLogDets(double[] row) {
        notFinite(row, 0).ifPresent(found -> {
            throw new NonFiniteException(found);
        });
        return logDets(row);
    }

    private double[] logDets(double[] row) {
        double[] logDets = new double[bijection.layers().size()];
        double[] current = Arrays.copyOf(row, dimension);
        for (int i = 0; i < logDets.length; i++) {
            double[] next = new double[dimension];
            double[] logDet = new double[1];
            bijection.layers().get(i).pass(1, Memory.shared()).forward(1, current, next, logDet);
            logDets[i] = logDet[0];
            current = next;
        }
        return logDets;
    }

    double[] gradient(double[] rows, int count) {
        double[] gradient = new double[count * dimension];
        for (int from = 0; from < count; from += blockRows) {
            int n = Math.min(blockRows, count - from);
            RowGradients arrays = gradients(n);
            System.arraycopy(rows, from * dimension, x, 0, n * dimension);
            Arrays.fill(logDensity, 0, n, 0);
            arrays.forward(n, x, z, logDensity);
            requireFinite(n, from);
            System.arraycopy(arrays.backward(n, x, z), 0, gradient, from * dimension, n * dimension);
        }
        return gradient;
    }

    /** Made when they are asked for: they keep what every layer leaves for the way back. */
    private RowGradients gradients(int rows) {
        if (gradients == null || gradients.maxRows() < rows) {
            gradients = new RowGradients(bijection, base, rows);
        }
        return gradients;
    }

    /** @param from number of the row that is the first in {@link #x} */
    private void requireFinite(int n, int from) {
        for (int at = 0; at < n; at++) {
            if (!Double.isFinite(logDensity[at])) {
                double[] entries = Arrays.copyOfRange(x, at * dimension, (at + 1) * dimension);
                throw new NonFiniteException(diagnose(entries, from + at));
            }
        }
    }

    private String diagnose(double[] entries, int row) {
        return notFinite(entries, row).orElseGet(() -> overflow(entries, row));
    }

    private String overflow(double[] entries, int row) {
        double[] logDets = logDets(entries);
        for (int i = 0; i < logDets.length; i++) {
            if (!Double.isFinite(logDets[i])) {
                return "the log-density of row " + row + " is not finite: it overflows in layer " + i + " ("
                        + bijection.layers().get(i).getClass().getSimpleName()
                        + "); the row is very far from anything the flow was trained on";
            }
        }
        return "the log-density of row " + row
                + " is not finite: its latent z overflows in the base distribution; the row is very far from anything "
                + "the flow was trained on";
    }

    /** Tells of a row's first entry that is not finite, if there is one. */
    private static Optional<String> notFinite(double[] entries, int row) {
        return IntStream.range(0, entries.length)
                .filter(j -> !Double.isFinite(entries[j]))
                .mapToObj(j ->
                        "row " + row + ", entry " + j + " is " + entries[j] + ": a flow scores finite numbers only")
                .findFirst();
    }

    /** @param at where the row is in {@link #x} and {@link #z} */
    private void requireFiniteLatent(int at, int row) {
        for (int j = 0; j < dimension; j++) {
            if (!Double.isFinite(z[at * dimension + j])) {
                double[] entries = Arrays.copyOfRange(x, at * dimension, (at + 1) * dimension);
                throw new NonFiniteException(
                        "entry " + j + " of the latent z is not finite; " + diagnose(entries, row));
            }
        }
    }

    private void requireFiniteInverse(double[] latent, double[] rows, int count) {
        requireFinite(latent, count, "a flow inverts finite numbers only");
        requireFinite(rows, count, "its row must be finite");
    }

    private void requireFinite(double[] numbers, int count, String why) {
        for (int i = 0; i < count * dimension; i++) {
            if (!Double.isFinite(numbers[i])) {
                throw new NonFiniteException(
                        "z " + i / dimension + ", entry " + i % dimension + ": " + why + ", not " + numbers[i]);
            }
        }
    }

    private void requireFiniteSample(double[] rows, double[] logProb, long first) {
        for (int i = 0; i < rows.length; i++) {
            if (!Double.isFinite(rows[i])) {
                throw new NonFiniteException("drawn row " + (first + i / dimension) + ", entry " + i % dimension
                        + " is " + rows[i] + ": the inverse overflows; try a lower temperature");
            }
        }
        for (int i = 0; i < logProb.length; i++) {
            if (!Double.isFinite(logProb[i])) {
                throw new NonFiniteException("the log-density of drawn row " + (first + i) + " is " + logProb[i]
                        + "; try a lower temperature");
            }
        }
    }
}
