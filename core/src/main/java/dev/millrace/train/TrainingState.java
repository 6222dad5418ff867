package dev.millrace.train;

import dev.millrace.Flow;
import dev.millrace.net.Tensor;
import java.util.List;
import java.util.Map;

/**
 * Everything from which an interrupted run goes on to the same bits as an uninterrupted one, at the end of an epoch.
 *
 * @param current the flow in training
 * @param best the flow of the best epoch
 * @param first what the optimiser remembers of each parameter's gradients: their running mean or momentum
 * @param second the running mean of their squares
 * @param progress where the run stands
 * @param history the epochs so far
 */
public record TrainingState(
        Flow current,
        Flow best,
        Map<String, Tensor> first,
        Map<String, Tensor> second,
        Progress progress,
        List<EpochReport> history) {

    /**
     * Where a run stands.
     *
     * @param epochs that are done
     * @param steps that are done
     * @param bestEpoch the epoch of the best flow; 0 before the first
     * @param bestScore its score; −∞ before the first
     * @param lastImproved score that the next epoch must exceed to count as an improvement
     * @param stalled epochs since the last improvement
     * @param rateFactor product of the plateau schedule's reductions
     */
    public record Progress(
            int epochs,
            long steps,
            int bestEpoch,
            double bestScore,
            double lastImproved,
            int stalled,
            double rateFactor) {

        static final Progress START = new Progress(0, 0, 0, Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY, 0, 1);

        /** Whether an epoch would be the best so far. */
        boolean isBest(EpochReport epoch) {
            return epoch.score() > bestScore;
        }

        /**
         * After one more epoch.
         *
         * @param steps that are done by then
         * @param minImprovement by which a score must exceed the last that counted
         */
        Progress after(EpochReport epoch, long steps, double minImprovement) {
            boolean improved = epoch.score() > lastImproved + minImprovement;
            return new Progress(
                    epoch.epoch(),
                    steps,
                    isBest(epoch) ? epoch.epoch() : bestEpoch,
                    isBest(epoch) ? epoch.score() : bestScore,
                    improved ? epoch.score() : lastImproved,
                    improved ? 0 : stalled + 1,
                    rateFactor);
        }

        /** On a new plateau, at a lower rate. */
        Progress atRate(double rateFactor) {
            return new Progress(epochs, steps, bestEpoch, bestScore, lastImproved, 0, rateFactor);
        }
    }
}
