package dev.millrace.data;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/**
 * Writes a table row by row, in memory that does not grow with the rows.
 *
 * <p>The file's name says how: {@code .csv}, {@code .tsv} (UTF-8, a header, numbers that read back as the same doubles,
 * NaN as an empty cell), each also {@code .gz}, or {@code .npy} (float64, C order, rows × columns). A file appears
 * under its name only with {@link #commit}: until then, and after a failure, a file of that name is as it was.
 *
 * <pre>{@code
 * try (TableWriter writer = TableWriter.open(file, columns, WriteOptions.defaults())) {
 *     for (...) {
 *         writer.writeRow(row);
 *     }
 *     writer.commit();
 * }
 * }</pre>
 *
 * <p>Not safe for use by several threads at once. Methods throw {@link IOException} if the file cannot be written.
 */
public final class TableWriter implements Closeable {

    private static final int BUFFER = 1 << 16;

    private final Optional<AtomicFile> file;
    private final RowFormat format;
    private final int columns;
    private boolean broken;
    private boolean finished;

    private TableWriter(Optional<AtomicFile> file, RowFormat format, int columns) {
        this.file = file;
        this.format = format;
        this.columns = columns;
    }

    /**
     * Writes to a file.
     *
     * @param path its name says the format
     * @param columns the names, at least one
     * @param options how text is written
     * @return a writer with no row yet
     * @throws IOException if the file cannot be created
     * @throws IllegalArgumentException if the name has none of the known endings, or there is no column
     */
    public static TableWriter open(Path path, List<String> columns, WriteOptions options) throws IOException {
        requireColumns(columns);
        String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
        boolean npy = name.endsWith(".npy");
        boolean gzip = name.endsWith(".gz");
        Optional<Character> delimiter = npy ? Optional.empty() : Optional.of(delimiter(path, name));
        AtomicFile file = AtomicFile.create(path);
        try {
            RowFormat format;
            if (npy && !file.isSeekable()) {
                throw new IllegalArgumentException(path + ": an .npy array can only be written to a regular file");
            } else if (npy) {
                format = new NpyFormat(file.channel(), columns.size());
            } else {
                OutputStream out = Channels.newOutputStream(file.channel());
                out = gzip ? new GZIPOutputStream(out, BUFFER) : out;
                format = new TextFormat(out, delimiter.get(), columns, options);
            }
            return started(new TableWriter(Optional.of(file), format, columns.size()));
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /**
     * Writes CSV to a stream such as standard output.
     *
     * @param out flushed on {@link #commit}, never closed; rather a plain stream than a {@link java.io.PrintStream},
     *     which keeps failures to itself
     * @param columns the names, at least one
     * @param options how text is written
     * @return a writer with no row yet
     * @throws IOException if the stream cannot be written
     * @throws IllegalArgumentException if there is no column
     */
    public static TableWriter open(OutputStream out, List<String> columns, WriteOptions options) throws IOException {
        requireColumns(columns);
        RowFormat format = new TextFormat(new BufferedOutputStream(out, BUFFER), ',', columns, options);
        return started(new TableWriter(Optional.empty(), format, columns.size()));
    }

    private static TableWriter started(TableWriter writer) throws IOException {
        writer.attempt(writer.format::start);
        return writer;
    }

    /**
     * Writes a whole table to a file.
     *
     * @param path its name says the format
     * @param table what to write
     * @param options how text is written
     * @throws IOException if the file cannot be written
     * @throws IllegalArgumentException if the name has none of the known endings
     */
    public static void write(Path path, Table table, WriteOptions options) throws IOException {
        try (TableWriter writer = open(path, table.columns(), options)) {
            writer.writeRows(table);
            writer.commit();
        }
    }

    private static void requireColumns(List<String> columns) {
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("a table needs at least one column");
        }
    }

    private static char delimiter(Path path, String name) {
        String plain = name.replaceFirst("\\.gz$", "");
        if (plain.endsWith(".csv")) {
            return ',';
        }
        if (plain.endsWith(".tsv")) {
            return '\t';
        }
        throw new IllegalArgumentException(path + ": its name does not say how to write it; let it end in .csv, .tsv,"
                + " .csv.gz, .tsv.gz or .npy");
    }

    /**
     * Writes a row.
     *
     * @param values one number a column
     * @throws IOException if it cannot be written
     * @throws IllegalArgumentException if there are more or fewer numbers than columns
     */
    public void writeRow(double[] values) throws IOException {
        if (values.length != columns) {
            throw new IllegalArgumentException("a row has " + columns + " columns, not " + values.length);
        }
        writeRow(values, 0);
    }

    /**
     * Writes a row out of a larger array.
     *
     * @param values holds the row's numbers, one a column
     * @param at where the first of them is
     * @throws IOException if it cannot be written
     * @throws IndexOutOfBoundsException if the array ends before the row does
     */
    public void writeRow(double[] values, int at) throws IOException {
        Objects.checkFromIndexSize(at, columns, values.length);
        attempt(() -> format.write(values, at));
    }

    /**
     * Writes all rows of a table.
     *
     * @param table with a column for each of the file's, in its order
     * @throws IOException if they cannot be written
     * @throws IllegalArgumentException if it has more or fewer columns
     */
    public void writeRows(Table table) throws IOException {
        double[] values = new double[table.columns().size()];
        for (int row = 0; row < table.rows(); row++) {
            table.copyRow(row, values, 0);
            writeRow(values);
        }
    }

    /**
     * Writes a row that was read, as it was, with numbers after it.
     *
     * @param cells the row's text, see {@link RowSink#row}
     * @param values what to append; with the cells, one for each column. NaN makes an empty cell
     * @throws IOException if it cannot be written
     * @throws IllegalArgumentException if there are more or fewer cells and numbers than columns
     * @throws UnsupportedOperationException if the file is {@code .npy}, which holds no text
     */
    public void appendRow(List<String> cells, double... values) throws IOException {
        if (cells.size() + values.length != columns) {
            throw new IllegalArgumentException(
                    "a row has " + columns + " columns, not " + cells.size() + " and " + values.length);
        }
        attempt(() -> format.append(cells, values));
    }

    /**
     * Ends the table and puts the file under its name, or flushes the stream. No row can follow.
     *
     * @throws IOException if that fails; a file that was there before is then as it was
     * @throws IllegalStateException if a row before could not be written, or the table has been ended
     */
    public void commit() throws IOException {
        attempt(() -> {
            format.finish();
            if (file.isPresent()) {
                file.get().commit();
            }
        });
        finished = true;
    }

    /** After a failure something may be half written, so nothing can follow it. */
    private void attempt(Step step) throws IOException {
        if (broken || finished) {
            throw new IllegalStateException(broken ? "writing has failed before" : "the table has been ended");
        }
        broken = true;
        try {
            step.run();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        broken = false;
    }

    /** Gives the file up unless {@link #commit} has succeeded. */
    @Override
    public void close() throws IOException {
        finished = true;
        if (file.isPresent()) {
            file.get().close();
        }
    }

    /** Something that may fail. */
    private interface Step {
        void run() throws IOException;
    }
}
