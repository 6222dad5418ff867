package dev.millrace.cli;

import dev.millrace.train.EpochReport;
import dev.millrace.train.TrainingListener;
import dev.millrace.train.TrainingState;
import java.util.function.Supplier;

/** What happens beside a training: it is shown, pictured, kept, and stopped if somebody wants that. */
record FitListener(
        FitSession session,
        Progress progress,
        CheckpointKeeper keeper,
        FitReporting reporting,
        Interruption interruption)
        implements TrainingListener {

    @Override
    public void stepDone(int epoch, int rowsDone, int rows, double fraction) {
        progress.stepDone(epoch, rowsDone, rows, fraction);
    }

    @Override
    public void epochDone(EpochReport report, Supplier<TrainingState> state) {
        keeper.offer(state);
        progress.epochDone(report);
        reporting.epochDone(session, report, state);
    }

    @Override
    public boolean stopRequested() {
        return interruption.requested();
    }
}
