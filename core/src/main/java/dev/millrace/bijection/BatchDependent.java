package dev.millrace.bijection;

import java.util.List;

/**
 * A bijection that in training transforms a row with statistics of the whole batch. Before a block of a batch goes
 * forward, every block has been {@linkplain Pass#observe observed} and the parts {@linkplain #combine combined}; before
 * it goes backward, likewise with gradients. A pass that has not been combined uses the running statistics, so that
 * scoring sees each row alone.
 */
public interface BatchDependent extends Bijection {

    /** Sets the batch's statistics in all passes, and updates the running ones. One thread at a time. */
    void combine(List<? extends Bijection.Pass> blocks);

    /** Sets in all passes what the batch's gradient has in common. One thread at a time. */
    void combineGradient(List<? extends Bijection.Pass> blocks);

    /** A pass that contributes to the statistics of its batch. */
    interface Pass extends Bijection.Pass {

        /** Sums up these rows for {@link #combine}. */
        void observe(int rows, double[] x);

        /** Sums up these rows' gradients for {@link #combineGradient}. */
        void observeGradient(int rows, double[] x, double[] dz, double[] dLogDet);
    }
}
