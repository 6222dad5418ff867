package dev.millrace.data;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Gathers rows into a table: in memory, and as soon as they are too many for that, on disk. */
final class TableCollector implements RowSink, Closeable {

    /** Numbers gathered in one array. */
    private static final int PIECE = 1 << 16;

    private final String source;
    private final ReadOptions options;
    private final RowCache cache;
    private final List<double[]> pieces = new ArrayList<>();
    private Optional<RowCache.Place> disk = Optional.empty();
    private List<String> columns;
    private int pieceRows;
    private int rows;

    TableCollector(String source, ReadOptions options, RowCache cache) {
        this.source = source;
        this.options = options;
        this.cache = cache;
    }

    @Override
    public boolean needsText() {
        return false;
    }

    @Override
    public void begin(RowLayout layout) {
        columns = layout.columns();
        pieceRows = Math.max(1, PIECE / columns.size());
    }

    @Override
    public void row(long line, List<String> rawCells, double[] values) throws IOException {
        options.requireSize(source, rows + 1L, values.length);
        if (disk.isEmpty() && !options.fitsMemory(rows + 1L, values.length)) {
            moveToDisk();
        }
        if (disk.isPresent()) {
            disk.get().rows().write(values, values.length);
        } else {
            keep(values);
        }
        rows++;
    }

    private void keep(double[] values) {
        int at = rows % pieceRows;
        if (at == 0) {
            pieces.add(new double[pieceRows * values.length]);
        }
        System.arraycopy(values, 0, pieces.get(pieces.size() - 1), at * values.length, values.length);
    }

    private void moveToDisk() throws IOException {
        disk = Optional.of(cache.create());
        for (int i = 0; i < pieces.size(); i++) {
            int pieceRows = Math.min(this.pieceRows, rows - i * this.pieceRows);
            disk.get().rows().write(pieces.get(i), pieceRows * columns.size());
        }
        pieces.clear();
    }

    /** All rows that were there. */
    ReadResult finish(RowCount count) throws IOException {
        if (disk.isPresent()) {
            return cache.finish(disk.get(), columns, count);
        }
        int last = rows % pieceRows * columns.size();
        if (last > 0) {
            pieces.set(pieces.size() - 1, Arrays.copyOf(pieces.get(pieces.size() - 1), last));
        }
        Rows gathered = new HeapRows(rows, columns.size(), pieces.toArray(double[][]::new), pieceRows);
        return new ReadResult(Table.of(columns, gathered), count.dropped(), source);
    }

    /** Gives up what {@link #finish} has not put in its place. */
    @Override
    public void close() throws IOException {
        if (disk.isPresent()) {
            disk.get().close();
        }
    }
}
