package dev.millrace.cli;

import dev.millrace.model.Model;
import dev.millrace.report.Report;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The pictures of a fit.
 *
 * @param data what the user calls the data
 * @param command what the user typed
 * @param file where the report goes, if one is wanted
 */
record FitReporting(List<String> data, String command, Optional<Path> file) {

    void write(Model model, FitData rows, PrintWriter log) throws IOException {
        if (file.isPresent()) {
            Report.of(new ReportSubject(data, model, rows.sets(), command).input())
                    .write(file.get());
            log.println("Wrote the report " + file.get());
            log.flush();
        }
    }
}
