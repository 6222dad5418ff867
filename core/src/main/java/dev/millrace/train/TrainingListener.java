package dev.millrace.train;

import java.util.function.Supplier;

/** Watches a run, from the thread that called {@link Trainer#fit}. */
public interface TrainingListener {

    /**
     * A step is done.
     *
     * @param epoch from 1 on
     * @param rowsDone rows of this epoch that have been learned
     * @param rows of an epoch
     * @param fraction of the run that is over, from 0 to 1
     */
    default void stepDone(int epoch, int rowsDone, int rows, double fraction) {}

    /**
     * An epoch is done; not called for one that is cut short.
     *
     * @param state gives a copy of the state from which the run can go on to the same bits; expensive, so ask for it only
     *     to save it. It belongs to the calling thread, until this method returns, and then throws an
     *     {@link IllegalStateException}
     */
    default void epochDone(EpochReport report, Supplier<TrainingState> state) {}

    /** Whether training should stop now; asked after every step, from the training thread. */
    default boolean stopRequested() {
        return false;
    }
}
