package dev.millrace.net;

import dev.millrace.kernel.Memory;
import java.util.List;
import java.util.Map;

/**
 * A conditioner ψ: a function of float rows with parameters. It is never inverted.
 *
 * <p>A network itself holds parameters only and may be used by many threads at once, each with a {@link Pass} of its
 * own. Training runs in two phases: every block of rows goes forward and backward through its own pass, then
 * {@link #gradientTasks} compute each parameter's gradient over all blocks, in the order of the rows.
 */
public interface Network {

    /** Entries of an input row. */
    int inputs();

    /** Entries of an output row. */
    int outputs();

    /** Numbers for each row in the longest of a pass's arrays, unless those are no matter beside its weights. */
    default int width() {
        return Math.max(inputs(), outputs());
    }

    /** Working arrays for blocks of at most {@code maxRows} rows, for one thread at a time. */
    Pass pass(int maxRows, Memory memory);

    /** Parameters and buffers by name, in a fixed order. */
    Map<String, Tensor> state();

    /** Recomputes what is derived from the parameters. Must follow every change of them. */
    void parametersChanged();

    /**
     * Lets buffers begin from data, where the network has such (running averages). Called once, before training.
     *
     * @param rows input rows, padded
     * @param count how many
     */
    default void initialise(float[] rows, int count) {}

    /** A network with equal parameters that shares nothing with this one. */
    Network copy();

    /**
     * The work of setting the parameters' gradient from what the passes kept, in independent pieces that may run at once.
     *
     * @param blocks passes of this network in the order of their rows; each must have gone {@link Pass#backward} when
     *     the work runs
     */
    List<Runnable> gradientTasks(List<? extends Pass> blocks);

    /** One caller's working arrays: rows go in, outputs and gradients come out. */
    interface Pass {

        /** Where the caller writes input rows, {@link dev.millrace.kernel.Padding#stride(int)} entries apart. */
        float[] input();

        /** Computes {@link #output()} from {@link #input()} for the first {@code rows} rows. */
        void forward(int rows);

        /** Output rows, padded. */
        float[] output();

        /** Where the caller writes the gradient of the loss with respect to {@link #output()}; padding zero. */
        float[] outputGradient();

        /**
         * Computes {@link #inputGradient()} from {@link #outputGradient()}, and keeps what the parameters' gradient
         * needs. Follows a {@link #forward} of the same rows.
         */
        void backward(int rows);

        /** Gradient of the loss with respect to the input rows, padded. */
        float[] inputGradient();
    }
}
