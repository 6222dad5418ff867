package dev.millrace.bench.compare;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * How a program introduces itself in a cell: of the first two one, or the others.
 *
 * @param missing what the program needs and this machine has not; null if nothing
 * @param inapplicable whether the program has no such flow
 * @param version of the program
 * @param differs in what its flow is not ours, beyond what is true of all
 * @param parameters trainable numbers
 * @param parity null for Millrace itself, and where the work does not look
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record Hello(String missing, boolean inapplicable, String version, String differs, long parameters, Parity parity) {

    /**
     * How our model scores in the program.
     *
     * @param likelihood our mean log-likelihood, in nats
     * @param mean difference of the mean log-likelihoods, in nats
     * @param worst difference of any row, in nats
     */
    record Parity(double likelihood, double mean, double worst) {

        private static final double TOLERANCE = 1e-4;

        /** Single precision has 7 digits: a log-density that is a sum over thousands of entries has fewer behind the point. */
        private static final double TOLERANCE_PER_ENTRY = 1e-6;

        /** The largest difference of a row with so many entries that counts as none. */
        static double tolerance(int entries) {
            return Math.max(TOLERANCE, TOLERANCE_PER_ENTRY * entries);
        }

        boolean holds(int entries) {
            return worst <= tolerance(entries);
        }
    }
}
