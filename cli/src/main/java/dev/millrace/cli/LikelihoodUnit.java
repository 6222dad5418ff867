package dev.millrace.cli;

import dev.millrace.ImageLikelihood;

/** In what words and unit it is told how likely data is. */
sealed interface LikelihoodUnit {

    /** What is scored, such as {@code rows}. */
    String noun();

    /** A log-density in nats, or a mean of such, in this unit. */
    double figure(double logProb);

    /** What follows a figure; may be empty. */
    String suffix();

    /** A summary without anything in it yet. */
    LikelihoodSummary summary();

    /**
     * Nats, in the units of a table's columns.
     *
     * @param columns of a row
     */
    record Nats(int columns) implements LikelihoodUnit {

        @Override
        public String noun() {
            return "rows";
        }

        @Override
        public double figure(double logProb) {
            return logProb;
        }

        @Override
        public String suffix() {
            return "";
        }

        @Override
        public LikelihoodSummary summary() {
            return new TableSummary(columns);
        }
    }

    /**
     * Bits per dimension of images.
     *
     * @param likelihood knows the units of images
     */
    record BitsPerDim(ImageLikelihood likelihood) implements LikelihoodUnit {

        @Override
        public String noun() {
            return "images";
        }

        @Override
        public double figure(double logProb) {
            return likelihood.bitsPerDimension(logProb);
        }

        @Override
        public String suffix() {
            return " bits/dim";
        }

        @Override
        public LikelihoodSummary summary() {
            return new ImageSummary(likelihood);
        }
    }
}
