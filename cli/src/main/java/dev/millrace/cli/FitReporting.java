package dev.millrace.cli;

import dev.millrace.model.Model;
import dev.millrace.report.LiveReport;
import dev.millrace.report.Report;
import dev.millrace.report.Reproduction;
import dev.millrace.train.EpochReport;
import dev.millrace.train.TrainingState;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The pictures of a fit.
 *
 * @param data what the user calls the data
 * @param reproduction how the model can be made again, if there is a way to tell
 * @param file where the report goes, if one is wanted
 * @param live where the training is shown as it goes, if that is wanted
 */
record FitReporting(
        List<String> data, Optional<Reproduction> reproduction, Optional<Path> file, Optional<LiveReport> live)
        implements AutoCloseable {

    /** An epoch is done. */
    void epochDone(FitSession session, EpochReport epoch, Supplier<TrainingState> state) {
        live.ifPresent(page -> page.update(status(session.data().unit(), epoch), () -> {
            TrainingState now = state.get();
            Model model = new Model(now.current(), session.encodingTree(), session.provenance(), now.history());
            return subject(model, session.data()).input();
        }));
    }

    private static String status(LikelihoodUnit unit, EpochReport epoch) {
        return "Training: epoch " + epoch.epoch() + " is done, " + FigureText.of(unit.figure(epoch.score()))
                + (unit.suffix().isEmpty() ? " nats a row" : unit.suffix());
    }

    /** The training is over and its model written. */
    void end(Model model, FitData rows, PrintWriter log) throws IOException {
        if (file.isEmpty() && live.isEmpty()) {
            return;
        }
        Report report = Report.of(subject(model, rows).input());
        if (file.isPresent()) {
            report.write(file.get());
            log.println("Wrote the report " + file.get());
            log.flush();
        }
        live.ifPresent(page -> page.end("Training has ended", report));
    }

    /** The training was interrupted: the model is not final, and whoever waits wants to go. */
    void omit(Path model, PrintWriter log) {
        file.ifPresent(page -> log.println("No report was written; make one with "
                + ShellText.of(List.of("millrace", "report", model.toString(), data.get(0), "-o", page.toString()))));
    }

    private ReportSubject subject(Model model, FitData rows) {
        return new ReportSubject(data, model, rows.sets(), reproduction);
    }

    @Override
    public void close() {
        live.ifPresent(LiveReport::close);
    }
}
