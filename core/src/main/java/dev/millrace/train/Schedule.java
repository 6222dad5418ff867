package dev.millrace.train;

/** How the learning rate changes during a run, after the warm-up. */
public sealed interface Schedule {

    /**
     * The factor of the learning rate.
     *
     * @param fraction how much of the run is over, from 0 to 1: of the epochs or of the time, whichever is further
     */
    double factor(double fraction);

    /** The same rate throughout. */
    record Constant() implements Schedule {

        @Override
        public double factor(double fraction) {
            return 1;
        }
    }

    /**
     * Half a period of a cosine from 1 down to {@code end} (Loshchilov and Hutter, arXiv 1608.03983, without restarts).
     *
     * @param end the factor at the end of the run, in [0, 1]
     */
    record Cosine(double end) implements Schedule {

        /** @throws IllegalArgumentException if {@code end} is out of its range */
        public Cosine {
            if (!(end >= 0 && end <= 1)) {
                throw new IllegalArgumentException("the last factor must be in [0, 1], not " + end);
            }
        }

        @Override
        public double factor(double fraction) {
            return end + (1 - end) * (1 + StrictMath.cos(StrictMath.PI * Math.min(1, fraction))) / 2;
        }
    }

    /**
     * The full rate until validation stops improving; then back to the best parameters with a rate of {@code factor}
     * times the last, and so on, until the rate falls below {@code smallest} and training stops. The last part of a run
     * whose length is limited cools down along a cosine, so that it too ends with a small rate.
     *
     * @param factor of the rate at each reduction, in (0, 1)
     * @param patience epochs without improvement before a reduction, at least 1
     * @param smallest factor below which training stops, in (0, 1)
     * @param coolDown share of a limited run that cools down, in [0, 1]
     */
    record Plateau(double factor, int patience, double smallest, double coolDown) implements Schedule {

        /** Where the cool-down ends. */
        private static final double COLD = 0.01;

        /** @throws IllegalArgumentException if a number is out of its range */
        public Plateau {
            if (!(factor > 0 && factor < 1 && smallest > 0 && smallest < 1)) {
                throw new IllegalArgumentException(
                        "factor and smallest must be in (0, 1), not " + factor + " and " + smallest);
            }
            if (patience < 1) {
                throw new IllegalArgumentException("patience must be at least 1, not " + patience);
            }
            if (!(coolDown >= 0 && coolDown <= 1)) {
                throw new IllegalArgumentException("the cool-down must be in [0, 1], not " + coolDown);
            }
        }

        @Override
        public double factor(double fraction) {
            double into = fraction - (1 - coolDown);
            return into <= 0 ? 1 : new Cosine(COLD).factor(into / coolDown);
        }
    }
}
