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
    }
}
