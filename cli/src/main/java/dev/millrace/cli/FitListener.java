package dev.millrace.cli;

import dev.millrace.train.EpochReport;
import dev.millrace.train.TrainingListener;
import dev.millrace.train.TrainingState;
import java.util.function.Supplier;

/** What happens beside a training: it is shown, kept, and stopped if somebody wants that. */
record FitListener(Progress progress, CheckpointKeeper keeper, Interruption interruption) implements TrainingListener {

    @Override
    public void stepDone(int epoch, int rowsDone, int rows, double fraction) {
        progress.stepDone(epoch, rowsDone, rows, fraction);
    }

    @Override
    public void epochDone(EpochReport report, Supplier<TrainingState> state) {
        keeper.offer(state);
        progress.epochDone(report);
    }

    @Override
    public boolean stopRequested() {
        return interruption.requested();
    }
}
