package dev.millrace.net;

import dev.millrace.kernel.SplitMix;

/** How a weight matrix begins. Uniform draws, so that no result depends on a Gaussian sampler. */
public enum Initialisation {

    /** Variance 2 / inputs, for ReLU and its relatives (He et al., arXiv 1502.01852). */
    HE,
    /** Variance 2 / (inputs + outputs), for tanh (Glorot and Bengio, 2010). */
    GLOROT,
    /** Zeros: as a network's last layer, it makes a coupling the identity at the start. */
    ZERO;

    /** The usual choice for hidden layers with this activation. */
    public static Initialisation of(Activation activation) {
        return activation == Activation.TANH ? GLOROT : HE;
    }

    void fill(FloatTensor weight, SplitMix random) {
        double variance =
                switch (this) {
                    case HE -> 2.0 / Math.max(1, weight.rows());
                    case GLOROT -> 2.0 / (weight.rows() + weight.columns());
                    case ZERO -> 0;
                };
        double bound = Math.sqrt(3 * variance);
        for (int i = 0; i < weight.rows(); i++) {
            for (int j = 0; j < weight.columns(); j++) {
                weight.data()[i * weight.stride() + j] = (float) (bound * (2 * random.nextDouble() - 1));
            }
        }
    }
}
