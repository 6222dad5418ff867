package dev.millrace.transformer;

import dev.millrace.kernel.Memory;
import dev.millrace.net.Tensor;
import java.util.List;
import java.util.Map;

/**
 * An invertible elementwise map whose parameters change from row to row. A transformer for {@code n} entries reads rows
 * of {@code n} doubles and parameter rows of {@code n × parametersPerEntry()} floats, first parameter of all entries
 * first.
 */
public sealed interface Transformer permits Additive, ScaledAdditive, Affine, RationalQuadratic {

    /** Entries of a row. */
    int entries();

    /** Parameters that each entry takes from the network. */
    int parametersPerEntry();

    /** Parameters of its own, by name. */
    Map<String, Tensor> state();

    /**
     * Lets buffers begin from data, where the transformer has such. Called once, before training.
     *
     * @param mean of each entry over the rows
     * @param deviation their standard deviations; 0 where all are the same
     */
    default void initialise(double[] mean, double[] deviation) {}

    /** A transformer with equal parameters that shares nothing with this one. */
    Transformer copy();

    /** Working arrays for blocks of at most {@code maxRows} rows, for one thread at a time. */
    Pass pass(int maxRows, Memory memory);

    /**
     * The work of setting the gradient of its own parameters from what the passes kept, in independent pieces that may
     * run at once.
     *
     * @param blocks passes of this transformer in the order of their rows; each must have gone {@link Pass#backward}
     *     when the work runs
     */
    List<Runnable> gradientTasks(List<? extends Pass> blocks);

    /** One caller's working arrays. */
    interface Pass {

        /**
         * Fills z and adds each row's log-det, in nats.
         *
         * @param x {@code rows × entries()}
         * @param parameters rows padded to {@link dev.millrace.kernel.Padding#stride(int)}
         */
        void forward(int rows, double[] x, float[] parameters, double[] z, double[] logDet);

        /** Fills x from z and adds each row's log-det of the inverse; afterwards {@link #backward} may follow too. */
        void inverse(int rows, double[] z, float[] parameters, double[] x, double[] logDet);

        /**
         * Fills the gradients with respect to x and the parameters, from those with respect to z and the forward
         * log-det. Follows {@link #forward} or {@link #inverse} of the same rows.
         *
         * @param parameterGradients laid out as the parameters; the padding is set to zero
         */
        void backward(int rows, double[] x, double[] dz, double[] dLogDet, double[] dx, float[] parameterGradients);
    }
}
