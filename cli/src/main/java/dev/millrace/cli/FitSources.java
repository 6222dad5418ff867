package dev.millrace.cli;

import dev.millrace.data.ReadOptions;
import dev.millrace.data.ReadResult;
import dev.millrace.data.Table;
import dev.millrace.data.TableReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The files that a fit reads.
 *
 * @param data files that belong together, or {@code -}
 * @param test a file of test rows, or {@code -}
 * @param log where to say what was read
 */
record FitSources(List<String> data, Optional<String> test, PrintWriter log) {

    /** The rows of all data files. */
    ReadResult readData(ReadOptions options) throws IOException {
        List<ReadResult> parts = new ArrayList<>();
        for (String location : data) {
            parts.add(read(location, options));
        }
        return ReadResult.concat(parts);
    }

    /** The rows of the test file, if there is one. */
    Optional<Table> readTest(ReadOptions options) throws IOException {
        return test.isPresent() ? Optional.of(read(test.get(), options).table()) : Optional.empty();
    }

    /** Tells what is held out. */
    void describe(FitData data, HoldOut holdOut) {
        String noun = data.unit().noun();
        if (holdOut.test() == HeldOut.NONE) {
            log.println("Fewer than " + HoldOut.FEW_ROWS + " " + noun + ": none are held out for a test, "
                    + (data.validationRows().rows() > 0
                            ? "the final figure will be for the validation " + noun
                            : "so there will be no figure for " + noun + " that the flow has not seen"));
        }
        log.println("Training on " + FigureText.grouped(data.trainRows().rows()) + " " + noun
                + ", validating on "
                + FigureText.grouped(data.validationRows().rows()) + ", testing on "
                + FigureText.grouped(data.testRows().rows()));
        log.flush();
    }

    private ReadResult read(String location, ReadOptions options) throws IOException {
        // All of them are in memory at once.
        long share = options.memory() / (data.size() + (test.isPresent() ? 1 : 0));
        ReadResult result = new TableReader(options.withMemory(share)).read(InputFile.source(location));
        String dropped = result.droppedRows() == 0
                ? ""
                : ", leaving out " + FigureText.grouped(result.droppedRows()) + " with missing cells";
        log.println("Read " + FigureText.grouped(result.table().rows()) + " rows of "
                + result.table().columns().size() + " columns from " + result.source() + dropped);
        result.onDisk().ifPresent(what -> log.println("Its rows are " + what));
        log.flush();
        return result;
    }
}
