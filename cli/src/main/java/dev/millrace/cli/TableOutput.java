package dev.millrace.cli;

import dev.millrace.data.TableWriter;
import dev.millrace.data.WriteOptions;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where a command writes rows: a file, whose name says the format, or standard output as CSV. If Ctrl-C ends the JVM, or
 * an error the command, nothing half-written is left behind.
 */
final class TableOutput implements AutoCloseable {

    private static final Path STANDARD_OUTPUT = Path.of("-");

    private final TableWriter writer;
    private final Thread cleaner = new Thread(this::giveUp, "millrace-cleaner");

    private volatile boolean givenUp;

    /** Something that may fail. */
    private interface Step {
        void run() throws IOException;
    }

    private TableOutput(TableWriter writer) {
        this.writer = writer;
    }

    /** The file that {@code -o} names; empty for standard output. */
    static Optional<Path> file(Optional<Path> given) {
        return given.filter(path -> !path.equals(STANDARD_OUTPUT));
    }

    /** Opens the file, or standard output if there is none. */
    static TableOutput open(Optional<Path> file, List<String> columns, WriteOptions options) throws IOException {
        TableOutput output = new TableOutput(
                file.isPresent()
                        ? TableWriter.open(file.get(), columns, options)
                        : TableWriter.open(new FileOutputStream(FileDescriptor.out), columns, options));
        Runtime.getRuntime().addShutdownHook(output.cleaner);
        return output;
    }

    void writeRow(double[] values, int at) throws IOException {
        attempt(() -> writer.writeRow(values, at));
    }

    /** Writes a row of text, and numbers after it. */
    void appendRow(List<String> cells, double... values) throws IOException {
        attempt(() -> writer.appendRow(cells, values));
    }

    void commit() throws IOException {
        attempt(writer::commit);
    }

    private void attempt(Step step) throws IOException {
        try {
            step.run();
        } catch (IOException | RuntimeException e) {
            if (givenUp) {
                throw CommandException.interrupted();
            }
            throw e;
        }
    }

    private void giveUp() {
        givenUp = true;
        try {
            writer.close();
        } catch (IOException e) {
            // The JVM is ending; there is nobody left to do more.
        }
    }

    @Override
    public void close() throws IOException {
        try {
            Runtime.getRuntime().removeShutdownHook(cleaner);
        } catch (IllegalStateException e) {
            // The JVM is ending, and the cleaner is at work.
        }
        writer.close();
    }
}
