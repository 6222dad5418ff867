package dev.millrace.train;

import dev.millrace.Flow;
import java.util.List;

/**
 * The outcome of a run.
 *
 * @param flow with the parameters of the best epoch
 * @param bestEpoch from 1 on
 * @param history all epochs
 * @param reason why training ended
 * @param detail more about it, for people; empty unless {@code reason} is {@link StopReason#NON_FINITE}
 */
public record TrainingResult(Flow flow, int bestEpoch, List<EpochReport> history, StopReason reason, String detail) {

    /** The report of the best epoch. */
    public EpochReport best() {
        return history.get(bestEpoch - 1);
    }
}
