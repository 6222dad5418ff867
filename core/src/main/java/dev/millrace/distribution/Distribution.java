package dev.millrace.distribution;

import dev.millrace.kernel.Memory;
import dev.millrace.kernel.SplitMix;
import dev.millrace.net.Tensor;
import java.util.List;
import java.util.Map;

/** A simple density of rows of double, at the latent end of a flow. Its entries are independent of each other. */
public sealed interface Distribution permits StandardNormal, StandardLogistic, DiagonalNormal {

    /** Entries of a row. */
    int dimension();

    /** Parameters by name. */
    Map<String, Tensor> state();

    /** Recomputes what is derived from the parameters. Must follow every change of them. */
    void parametersChanged();

    /** A distribution with equal parameters that shares nothing with this one. */
    Distribution copy();

    /**
     * Draws one row.
     *
     * @param temperature multiplies the spread around the mean; 1 is the distribution itself, 0 its mean
     */
    void sample(SplitMix random, double temperature, double[] z, int at);

    /**
     * The value that an entry stays below with a probability.
     *
     * @param entry from 0
     * @param p in (0, 1)
     */
    double quantile(int entry, double p);

    /** Working arrays for blocks of at most {@code maxRows} rows, for one thread at a time. */
    Pass pass(int maxRows, Memory memory);

    /** The work of setting the parameters' gradient, as for a bijection's. */
    List<Runnable> gradientTasks(List<? extends Pass> blocks);

    /** One caller's working arrays. */
    interface Pass {

        /** Adds the log-density of each row, in nats. */
        void logDensity(int rows, double[] z, double[] logDensity);

        /** Fills the loss gradient with respect to z from that with respect to each row's log-density. */
        void backward(int rows, double[] z, double[] dLogDensity, double[] dz);
    }
}
