package dev.millrace.cli;

import dev.millrace.data.RowLayout;
import dev.millrace.data.WriteOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The table that {@code score} writes. It is opened when the columns of the input are known. */
final class ScoreTable implements AutoCloseable {

    private static final String LOG_PROB = "log_prob";

    private final Optional<Path> file;
    private final boolean append;
    private final String input;
    private TableOutput output;

    /**
     * A table.
     *
     * @param append whether to keep the input's columns
     * @param input what messages call the input
     */
    ScoreTable(Optional<Path> file, boolean append, String input) {
        this.file = file;
        this.append = append;
        this.input = input;
    }

    void begin(RowLayout layout) throws IOException {
        List<String> columns = new ArrayList<>(append ? layout.inputColumns() : List.of());
        if (columns.contains(LOG_PROB)) {
            throw CommandException.failure(
                    input + ": has a column " + LOG_PROB + " already; rename it, or leave out --append");
        }
        columns.add(LOG_PROB);
        output = TableOutput.open(file, columns, WriteOptions.defaults());
    }

    void add(ScoredBlock block) throws IOException {
        RowBlock rows = block.rows();
        int kept = 0;
        for (int row = 0; row < rows.size(); row++) {
            double score = rows.isKept(row) ? block.logProb()[kept++] : Double.NaN;
            if (append) {
                output.appendRow(rows.cells(row), score);
            } else {
                output.writeRow(new double[] {score}, 0);
            }
        }
    }

    void commit() throws IOException {
        output.commit();
    }

    @Override
    public void close() throws IOException {
        if (output != null) {
            output.close();
        }
    }
}
