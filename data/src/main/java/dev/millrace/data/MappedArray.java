package dev.millrace.data;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;

/** An {@code .npy} file that is not read into memory, but mapped. */
final class MappedArray {

    private final String source;
    private final ReadOptions options;
    private final RowLayout layout;
    private final MappedRows all;
    private final MappedRows kept;

    private MappedArray(String source, ReadOptions options, ColumnPlan plan, NpyHeader header, MappedBytes bytes) {
        this.source = source;
        this.options = options;
        this.layout = plan.layout();
        long[] places = places(header);
        long[] keptPlaces = new long[plan.width()];
        for (int column = 0; column < places.length; column++) {
            if (plan.slot(column) != ColumnPlan.LEFT_OUT) {
                keptPlaces[plan.slot(column)] = places[column];
            }
        }
        int count = (int) header.rows();
        long stride = header.fortranOrder() ? 1 : header.columns();
        all = new MappedRows(bytes, header.type(), count, stride, places);
        kept = new MappedRows(bytes, header.type(), count, stride, keptPlaces);
    }

    /** Where the columns are in the first row, in elements. */
    private static long[] places(NpyHeader header) {
        long between = header.fortranOrder() ? header.rows() : 1;
        return IntStream.of(header.columnOrder())
                .mapToLong(column -> column * between)
                .toArray();
    }

    /** The array in a regular file, if it is one and as a table larger than {@link ReadOptions#memory()}. */
    static Optional<MappedArray> ifLarge(Path path, ReadOptions options) throws IOException {
        return open(path, options, (header, plan) -> !options.fitsMemory(header.rows(), plan.width()));
    }

    /** The array in a regular file, if it is one whose first row ends near the end of the file. */
    static Optional<MappedArray> ifFortran(Path path, ReadOptions options) throws IOException {
        return open(path, options, (header, plan) -> header.fortranOrder());
    }

    private static Optional<MappedArray> open(Path path, ReadOptions options, BiPredicate<NpyHeader, ColumnPlan> wanted)
            throws IOException {
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
            if (!wanted.test(header, plan)) {
                return Optional.empty();
            }
            options.requireSize(source, header.rows(), plan.width());
            MappedBytes bytes = MappedBytes.of(
                    file, from, header.rows() * width, header.type().order());
            return Optional.of(new MappedArray(source, options, plan, header, bytes));
        }
    }

    /** Looks at every row once, as the settings for missing cells ask for. */
    ReadResult read() throws IOException {
        Dropped dropped = new Dropped();
        RowCount count = deliver(dropped);
        Rows rows = count.dropped() == 0 ? kept : new SelectedRows(kept, dropped.others(kept.count()));
        return new ReadResult(
                Table.of(layout.columns(), rows),
                count.dropped(),
                source,
                Optional.of("read from there as they are needed"));
    }

    /** Hands on the rows. */
    RowCount deliver(RowSink sink) throws IOException {
        boolean keepText = sink.needsText();
        RowGate gate = new RowGate(Complaints.of(source, "row", options), options.missing(), sink);
        gate.begin(layout);
        double[] values = new double[kept.columns()];
        for (int row = 0; row < kept.count(); row++) {
            kept.copy(row, values, 0);
            gate.pass(row + 1L, keepText ? all.texts(row) : List.of(), values, null);
        }
        return gate.end();
    }

    /** Remembers which rows are left out. */
    private static final class Dropped implements RowSink {

        private final BitSet rows = new BitSet();

        @Override
        public boolean needsText() {
            return false;
        }

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
