package dev.millrace.train;

/** Which rule turns a gradient into a step. */
public sealed interface OptimizerSettings {

    /**
     * Adam (Kingma and Ba, arXiv 1412.6980, algorithm 1) with decoupled weight decay (AdamW; Loshchilov and Hutter,
     * arXiv 1711.05101).
     *
     * @param beta1 decay of the mean of gradients, in [0, 1); the paper's 0.9
     * @param beta2 decay of the mean of squares, in [0, 1); the paper's 0.999
     * @param epsilon added to the root of the mean square, at least {@link Float#MIN_NORMAL}; the paper's 1e-8
     * @param weightDecay the share of each weight matrix taken off a step, times the learning rate; at least 0. Biases
     *     and parameters of flow layers do not decay
     */
    record Adam(double beta1, double beta2, double epsilon, double weightDecay) implements OptimizerSettings {

        /** @throws IllegalArgumentException if a number is out of its range */
        public Adam {
            requireIn01("beta1", beta1);
            requireIn01("beta2", beta2);
            if ((float) beta2 == 1) {
                throw new IllegalArgumentException("beta2 must be below 1 as a float too, not " + beta2);
            }
            // A step is computed in float: 0 / (0 + 0) would not be finite.
            if (!(epsilon >= Float.MIN_NORMAL && epsilon < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "epsilon must be at least " + Float.MIN_NORMAL + " and finite, not " + epsilon);
            }
            requireNotNegative("weight decay", weightDecay);
        }

        /** The paper's numbers, without weight decay. */
        public Adam() {
            this(0.9, 0.999, 1e-8, 0);
        }

        /** The paper's numbers with this weight decay. */
        public static Adam withWeightDecay(double weightDecay) {
            return new Adam(0.9, 0.999, 1e-8, weightDecay);
        }
    }

    /**
     * Stochastic gradient descent with momentum: v ← μ·v + g, p ← p − rate·v.
     *
     * @param momentum μ in [0, 1)
     * @param weightDecay as for Adam
     */
    record Sgd(double momentum, double weightDecay) implements OptimizerSettings {

        /** @throws IllegalArgumentException if a number is out of its range */
        public Sgd {
            requireIn01("momentum", momentum);
            requireNotNegative("weight decay", weightDecay);
        }
    }

    /** The share of weight matrices taken off a step, times the learning rate. */
    double weightDecay();

    private static void requireIn01(String name, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException(name + " must be in [0, 1), not " + value);
        }
    }

    private static void requireNotNegative(String name, double value) {
        if (!(value >= 0)) {
            throw new IllegalArgumentException(name + " must be at least 0, not " + value);
        }
    }
}
