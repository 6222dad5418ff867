package dev.millrace.train;

/**
 * What one epoch achieved.
 *
 * @param epoch from 1 on
 * @param trainLogProb mean log-likelihood of the training rows while they were being learned, in nats
 * @param validationLogProb mean log-likelihood of the validation rows afterwards, in nats; NaN without any
 * @param learningRate of the last step
 */
public record EpochReport(int epoch, double trainLogProb, double validationLogProb, double learningRate) {

    /** What decides which epoch is the best: validation, or training where there is no validation. */
    public double score() {
        return Double.isNaN(validationLogProb) ? trainLogProb : validationLogProb;
    }
}
