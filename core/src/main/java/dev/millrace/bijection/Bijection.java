package dev.millrace.bijection;

import dev.millrace.kernel.Memory;
import dev.millrace.net.Tensor;
import java.util.List;
import java.util.Map;

/**
 * An invertible, differentiable map between rows of double: {@code forward} is x → z (normalizing), {@code inverse} is
 * z → x (generating).
 *
 * <p>A bijection holds parameters and buffers only. The work is done by a {@link Pass}, one for each caller, which holds
 * the working arrays; many passes of one bijection may run at once as long as its state is not changed. Training runs in
 * two phases: every block of rows goes forward and backward through its own pass, then {@link #gradientTasks} compute the
 * parameters' gradient over all blocks in the order of their rows, so that it does not depend on how blocks were shared
 * out among threads.
 */
public interface Bijection {

    /** Shape of a row x. */
    Shape inputShape();

    /** Shape of a row z; of the same size as the input's. */
    default Shape outputShape() {
        return inputShape();
    }

    /** Entries of a row. */
    default int dimension() {
        return inputShape().size();
    }

    /** Numbers for each row in the longest of a pass's arrays: decides how many rows go through layers together. */
    default int width() {
        return dimension();
    }

    /** Parameters and buffers by name, in a fixed order: exactly what is saved. */
    Map<String, Tensor> state();

    /**
     * Recomputes what is derived from the parameters. Must follow every change of them, and must not run while a pass
     * does.
     */
    void parametersChanged();

    /** A bijection with equal state that shares nothing with this one. */
    Bijection copy();

    /** Working arrays for blocks of at most {@code maxRows} rows, for one thread at a time. */
    Pass pass(int maxRows, Memory memory);

    /** The inverse as a value: its forward is this one's inverse. Shares this one's state. */
    default Bijection inverted() {
        return new Inverse(this);
    }

    /**
     * Sets first parameters from data, where the layer wants it (ActNorm). Called once, before training.
     *
     * @param x rows of training data as they arrive at this layer
     * @param rows how many, at least 1
     */
    default void initialise(double[] x, int rows) {}

    /**
     * The work of setting the parameters' gradient from what the passes kept, in independent pieces that may run at
     * once. Empty for a layer without parameters.
     *
     * @param blocks passes of this bijection in the order of their rows; each must have gone {@link Pass#backward} when
     *     the work runs, with 0 rows where a block has none
     */
    List<Runnable> gradientTasks(List<? extends Pass> blocks);

    /**
     * One caller's working arrays. Rows are stored one after the other from the start of each array, without padding.
     * Inputs are never changed, and no output array may be an input array.
     */
    interface Pass {

        /** Fills z = f(x) and adds each row's log|det ∂z/∂x|, in nats, to {@code logDet}. */
        void forward(int rows, double[] x, double[] z, double[] logDet);

        /**
         * Fills x = f⁻¹(z) and adds each row's log|det ∂x/∂z|, the negative of the forward log-det. Leaves the same
         * activations as {@link #forward} of x, so that {@link #backward} may follow.
         */
        void inverse(int rows, double[] z, double[] x, double[] logDet);

        /**
         * Fills the loss gradient with respect to x, and keeps what the parameters' gradient needs. Follows
         * {@link #forward} or {@link #inverse} of the same rows in this pass.
         *
         * @param x the rows that went forward or came out of the inverse
         * @param dz loss gradient with respect to z
         * @param dLogDet loss gradient with respect to each row's forward log-det
         * @param dx receives the loss gradient with respect to x
         */
        void backward(int rows, double[] x, double[] dz, double[] dLogDet, double[] dx);
    }
}
