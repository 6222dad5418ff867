package dev.millrace.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.ZipException;

/**
 * Reads tables of numbers from files and streams.
 *
 * <p>What a source is, its first bytes tell, not its name:
 *
 * <ul>
 *   <li>text: delimited cells, quoted with {@code "} where needed, UTF-8 with or without a byte order mark, any line
 *       ends. Blank lines are skipped. A cell is a decimal number such as {@code -1.5e3}, spaces around it ignored,
 *       rounded to the nearest double; or it is missing, see {@link ReadOptions.Missing}; else it is text, and text in
 *       a kept column is an error;
 *   <li>NumPy's {@code .npy}, versions 1.0 to 3.0: float16, float32 and float64, signed and unsigned integers of 8 to
 *       64 bits, bool, either byte order, C and Fortran order. One dimension is one column; dimensions after the second
 *       are flattened into the row. Integers beyond 2^53 become the nearest double;
 *   <li>NumPy's {@code .npz}, stored or deflated; files only. Pickled objects are refused, as anything else that is not
 *       plain numbers;
 *   <li>text and {@code .npy} compressed with gzip.
 * </ul>
 *
 * <p>The source may be hostile: text is read in one pass, no more memory is taken than the bytes really read call for,
 * a cell may have a million characters and a row a million cells, a table at most {@link ReadOptions#maxCells()}
 * cells. Instances are immutable and safe to share between threads.
 *
 * <p>All methods throw {@link IOException} if the source cannot be read (is not there, is not allowed), and
 * {@link DataException} if what it holds is not a table as asked for.
 */
public final class TableReader {

    private final ReadOptions options;

    /**
     * A reader with these settings.
     *
     * @param options how to read
     */
    public TableReader(ReadOptions options) {
        this.options = Objects.requireNonNull(options, "options");
    }

    /**
     * Reads a whole file; what is too large for {@link ReadOptions#memory()} stays on disk, and the file must then not
     * change as long as its table is in use.
     *
     * @param file where it is
     * @return its table
     * @throws IOException if it cannot be read, or a copy of its rows not be written
     * @throws DataException if it is not a table as asked for
     */
    public ReadResult read(Path file) throws IOException {
        return read(new DataSource.File(file));
    }

    /**
     * Reads a whole source; what is too large for {@link ReadOptions#memory()} stays on disk, and a file must then not
     * change as long as its table is in use.
     *
     * @param source file or stream
     * @return its table
     * @throws IOException if it cannot be read, or a copy of its rows not be written
     * @throws DataException if it is not a table as asked for
     */
    public ReadResult read(DataSource source) throws IOException {
        try {
            if (source instanceof DataSource.File file && mayBeMapped(file)) {
                Optional<MappedArray> array = MappedArray.ifLarge(file.path(), options);
                if (array.isPresent()) {
                    return array.get().read();
                }
            }
            RowCache cache = RowCache.of(source, options);
            Optional<ReadResult> kept = cache.find();
            return kept.isPresent() ? kept.get() : collect(source, cache);
        } catch (OutOfMemoryError e) {
            // Its rows are garbage by now, so there is room again to say so.
            long megabytes = Runtime.getRuntime().maxMemory() >> 20;
            throw new DataException(
                    source.name() + ": does not fit into the " + megabytes
                            + " MB of memory Java may use; raise -Xmx, or read fewer columns with --columns",
                    e);
        }
    }

    private ReadResult collect(DataSource source, RowCache cache) throws IOException {
        try (TableCollector collector = new TableCollector(source.name(), options, cache)) {
            return collector.finish(deliver(source, collector));
        }
    }

    /**
     * Reads a source row by row, in memory that does not grow with the rows (but for {@code .npy} in Fortran order
     * that is compressed or comes from a stream: it is taken in first).
     *
     * @param source file or stream
     * @param sink is given each row, with its text as it stands in the source if it needs that
     * @return how many rows there were
     * @throws IOException if the source cannot be read, or from the sink
     * @throws DataException if it is not a table as asked for; rows before the fault have reached the sink by then
     */
    public RowCount stream(DataSource source, RowSink sink) throws IOException {
        Objects.requireNonNull(sink, "sink");
        if (source instanceof DataSource.File file && mayBeMapped(file)) {
            Optional<MappedArray> array = MappedArray.ifFortran(file.path(), options);
            if (array.isPresent()) {
                return array.get().deliver(sink);
            }
        }
        return deliver(source, sink);
    }

    /** An array that is asked for by its name is in an archive. */
    private boolean mayBeMapped(DataSource.File file) {
        return options.array().isEmpty() && Files.isRegularFile(file.path());
    }

    private RowCount deliver(DataSource source, RowSink sink) throws IOException {
        try (Input input = Input.open(source)) {
            NpzArray.requireArchive(source.name(), input.format(), options.array());
            return switch (input.format()) {
                case TEXT -> text(source.name(), input, sink);
                case NPY -> npy(source.name(), input.bytes(), sink);
                case ZIP -> npz(source, input, sink);
                case IDX, PICTURE, CIFAR -> throw new DataException(source.name() + ": holds images, not a table");
            };
        } catch (ZipException | EOFException e) {
            throw new DataException(
                    source.name() + ": the compressed file is damaged or cut short ("
                            + Excerpt.printable(String.valueOf(e.getMessage())) + ")",
                    e);
        }
    }

    private RowCount text(String name, Input input, RowSink sink) throws IOException {
        char delimiter =
                options.delimiter().isPresent() ? options.delimiter().get() : Delimiter.of(name, input.bytes());
        Complaints complaints = Complaints.of(name, "line", options);
        RowGate gate = new RowGate(complaints, options.missing(), sink);
        new TextRows(name, input.bytes(), delimiter, options, complaints, gate, sink.needsText()).deliver();
        return gate.end();
    }

    private RowCount npy(String name, InputStream bytes, RowSink sink) throws IOException {
        RowGate gate = new RowGate(Complaints.of(name, "row", options), options.missing(), sink);
        new NpyRows(name, bytes, options, gate, sink.needsText()).deliver();
        return gate.end();
    }

    private RowCount npz(DataSource source, Input input, RowSink sink) throws IOException {
        if (!(source instanceof DataSource.File file) || input.isGzip()) {
            throw new DataException(
                    source.name() + ": an .npz archive is read only from a file, and without gzip around it");
        }
        try (NpzArray array = NpzArray.open(file.path(), options.array())) {
            return npy(source.name() + "[" + array.name() + "]", array.bytes(), sink);
        }
    }
}
