package dev.millrace.cli;

import dev.millrace.model.Model;
import dev.millrace.train.StopReason;
import dev.millrace.train.TrainingResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;

/** Trains, writes the model and reports; or is interrupted and leaves behind what there is. */
record FitRun(FitSession session, Path file, CheckpointKeeper keeper, FitReporting reporting, PrintWriter log) {

    /** @return the exit code */
    int run(PrintWriter out, boolean json) throws IOException {
        log.println("Training a flow of " + FigureText.grouped(session.flow().parameterCount())
                + " parameters for at most " + session.training().epochs() + " epochs");
        log.flush();
        Model model;
        TrainingResult result;
        try (Interruption interruption = Interruption.watch()) {
            Progress progress =
                    new Progress(log, Terminal.current().err(), session.data().unit());
            result = session.run(new FitListener(session, progress, keeper, reporting, interruption));
            progress.end(result.history().get(result.history().size() - 1));
            model = session.model(result);
            model.write(file);
            if (result.reason() == StopReason.REQUESTED) {
                return interrupted(result);
            }
            keeper.delete();
        }
        new FitReport(session, model, result, file).print(out, json);
        reporting.end(model, session.data(), log);
        return ExitCode.OK;
    }

    private int interrupted(TrainingResult result) throws IOException {
        log.println("Interrupted. " + file + " has the best model so far, of epoch " + result.bestEpoch());
        log.println(
                keeper.write()
                        ? "Go on with the same command and --resume " + keeper.file()
                        : "No epoch was completed, so there is no checkpoint to go on from");
        reporting.omit(file, log);
        log.flush();
        return ExitCode.INTERRUPTED;
    }
}
