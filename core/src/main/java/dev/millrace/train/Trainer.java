package dev.millrace.train;

import dev.millrace.Flow;
import dev.millrace.NonFiniteException;
import java.util.Objects;

/**
 * Fits flows by maximum likelihood: maximises the mean log-density of the training rows by stochastic gradient steps, and
 * gives back the parameters of the epoch that was best on validation rows.
 *
 * @param settings how
 */
public record Trainer(TrainerSettings settings) {

    /** A trainer with these settings. */
    public Trainer {
        Objects.requireNonNull(settings, "settings");
    }

    /**
     * Trains a copy of a flow.
     *
     * @param train rows to learn from, at least one
     * @param validation rows that decide when to stop and which epoch is the best; may be empty, then training rows do
     * @throws IllegalArgumentException if dimensions differ or there is no row to learn from
     * @throws NonFiniteException if a NaN or infinity turns up before the first epoch is done; later ones end the run
     *     with {@link StopReason#NON_FINITE} and the best flow so far
     */
    public TrainingResult fit(Flow flow, RowSource train, RowSource validation, TrainingListener listener) {
        requireDimension(flow, train);
        requireDimension(flow, validation);
        if (train.rows() == 0) {
            throw new IllegalArgumentException("there is no row to learn from");
        }
        try (Team team = new Team(settings.threads())) {
            Run run = new Run(settings, flow.copy(), train, validation, listener, team);
            run.initialise();
            return run.toEnd();
        }
    }

    /** {@link #fit(Flow, RowSource, RowSource, TrainingListener)} without anybody watching. */
    public TrainingResult fit(Flow flow, RowSource train, RowSource validation) {
        return fit(flow, train, validation, new TrainingListener() {});
    }

    /**
     * Goes on with an interrupted run. With the same settings and rows the result has the same bits as that of a run
     * without interruption.
     *
     * @throws IllegalArgumentException if the state does not belong to such a run
     */
    public TrainingResult resume(
            TrainingState state, RowSource train, RowSource validation, TrainingListener listener) {
        requireDimension(state.current(), train);
        requireDimension(state.current(), validation);
        try (Team team = new Team(settings.threads())) {
            Run run = new Run(settings, state.current().copy(), train, validation, listener, team);
            run.restore(state);
            return run.toEnd();
        }
    }

    private static void requireDimension(Flow flow, RowSource rows) {
        if (rows.dimension() != flow.dimension()) {
            throw new IllegalArgumentException("the flow has dimension " + flow.dimension() + ", but the rows have "
                    + rows.dimension() + " entries");
        }
    }
}
