package dev.millrace.data;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** Makes a table of an {@code .npy} file that is not read into memory, but mapped. */
final class MappedArray {

    private final String source;
    private final ReadOptions options;
    private final List<String> columns;
    private final Rows rows;

    private MappedArray(String source, ReadOptions options, List<String> columns, Rows rows) {
        this.source = source;
        this.options = options;
        this.columns = columns;
        this.rows = rows;
    }

    /** The array in a regular file, if it is one and as a table larger than {@link ReadOptions#memory()}. */
    static Optional<MappedArray> ifLarge(Path path, ReadOptions options) throws IOException {
        String source = path.toString();
        try (FileChannel file = FileChannel.open(path)) {
            if (!Input.isPlainArray(file)) {
                return Optional.empty();
            }
            NpyHeader header = NpyHeader.read(source, Channels.newInputStream(file));
            long from = file.position();
            long width = (long) header.columns() * header.type().size();
            // Before anything is made to the measure of a row, all rows must be there.
            if (header.rows() > (file.size() - from) / width) {
                throw header.cutShort(source);
            }
            ColumnPlan plan = ColumnPlan.unnamed(source, header.columns(), options);
            if (options.fitsMemory(header.rows(), plan.width())) {
                return Optional.empty();
            }
            options.requireSize(source, header.rows(), plan.width());
            MappedBytes bytes = MappedBytes.of(
                    file, from, header.rows() * width, header.type().order());
            return Optional.of(new MappedArray(source, options, plan.layout().columns(), rows(header, plan, bytes)));
        }
    }

    private static Rows rows(NpyHeader header, ColumnPlan plan, MappedBytes bytes) {
        long[] places = new long[plan.width()];
        int[] order = header.columnOrder();
        for (int column = 0; column < order.length; column++) {
            if (plan.slot(column) != ColumnPlan.LEFT_OUT) {
                places[plan.slot(column)] = header.fortranOrder() ? order[column] * header.rows() : order[column];
            }
        }
        long stride = header.fortranOrder() ? 1 : header.columns();
        return new MappedRows(bytes, header.type(), (int) header.rows(), stride, places);
    }

    /** Looks at every row once, as the settings for missing cells ask for. */
    ReadResult read() throws IOException {
        Dropped dropped = new Dropped();
        RowGate gate = new RowGate(new Complaints(source, "row"), options.missing(), dropped);
        gate.begin(new RowLayout(columns, columns));
        double[] values = new double[columns.size()];
        for (int row = 0; row < rows.count(); row++) {
            rows.copy(row, values, 0);
            gate.pass(row + 1L, List.of(), values, null);
        }
        RowCount count = gate.end();
        Rows kept = count.dropped() == 0 ? rows : new SelectedRows(rows, dropped.others(rows.count()));
        return new ReadResult(
                Table.of(columns, kept), count.dropped(), source, Optional.of("read from there as they are needed"));
    }

    /** Remembers which rows are left out. */
    private static final class Dropped implements RowSink {

        private final BitSet rows = new BitSet();

        @Override
        public void row(long line, List<String> rawCells, double[] values) {}

        @Override
        public void dropped(long line, List<String> rawCells) {
            rows.set((int) (line - 1));
        }

        int[] others(int count) {
            int[] others = new int[count - rows.cardinality()];
            int row = -1;
            for (int i = 0; i < others.length; i++) {
                row = rows.nextClearBit(row + 1);
                others[i] = row;
            }
            return others;
        }
    }
}
