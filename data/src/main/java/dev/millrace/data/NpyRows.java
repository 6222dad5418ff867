package dev.millrace.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Reads an {@code .npy} array into a gate: in C order a row at a time; in Fortran order, where the first row ends near
 * the end of the file, after taking in all of its bytes.
 */
final class NpyRows {

    private final String source;
    private final InputStream in;
    private final ReadOptions options;
    private final RowGate gate;
    private final boolean keepText;

    /**
     * An array from a stream that stands at its magic number, and stays the caller's to close.
     *
     * @param keepText whether the gate is to be given the numbers as text too
     */
    NpyRows(String source, InputStream in, ReadOptions options, RowGate gate, boolean keepText) {
        this.source = source;
        this.in = in;
        this.options = options;
        this.gate = gate;
        this.keepText = keepText;
    }

    /** Reads to the end of the array; bytes after it are left alone. */
    void deliver() throws IOException {
        NpyHeader header = NpyHeader.read(source, in);
        if (header.fortranOrder()) {
            deliverColumns(header);
        } else {
            deliverRows(header);
        }
    }

    private void deliverRows(NpyHeader header) throws IOException {
        int length = header.columns() * header.type().size();
        // Before anything is made to the measure of a row, one must be there.
        byte[] bytes = readFully(length, header);
        Row row = begin(header);
        int[] columnOrder = header.columnOrder();
        for (long r = 0; r < header.rows(); r++) {
            if (r > 0 && in.readNBytes(bytes, 0, length) < length) {
                throw header.cutShort(source);
            }
            row.deliver(r, bytes, 0, columnOrder, 1);
        }
    }

    private void deliverColumns(NpyHeader header) throws IOException {
        int size = header.type().size();
        if (header.rows() > (long) Table.MAX_ARRAY / size / header.columns()) {
            throw new DataException(source + ": in Fortran order, an array of " + header.shape()
                    + " is too large; save numpy.ascontiguousarray of it");
        }
        int rows = (int) header.rows();
        byte[] bytes = readFully(rows * header.columns() * size, header);
        Row row = begin(header);
        int[] columnOrder = header.columnOrder();
        for (int r = 0; r < rows; r++) {
            row.deliver(r, bytes, r, columnOrder, rows);
        }
    }

    private Row begin(NpyHeader header) throws IOException {
        ColumnPlan plan = ColumnPlan.unnamed(source, header.columns(), options);
        gate.begin(plan.layout());
        return new Row(header.type(), plan);
    }

    /** Makes room for bytes as they come, whatever length is asked for. */
    private byte[] readFully(int length, NpyHeader header) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw header.cutShort(source);
        }
        return bytes;
    }

    /** Takes the numbers of one row after the other out of raw bytes. */
    private final class Row {

        private final NpyType type;
        private final ColumnPlan plan;
        private final double[] values;

        Row(NpyType type, ColumnPlan plan) {
            this.type = type;
            this.plan = plan;
            this.values = new double[plan.width()];
        }

        /** A row whose column c is the element first + columnOrder[c] × stride. */
        void deliver(long row, byte[] bytes, int first, int[] columnOrder, int stride) throws IOException {
            ByteBuffer buffer = ByteBuffer.wrap(bytes).order(type.order());
            List<String> texts = keepText ? new ArrayList<>(columnOrder.length) : List.of();
            for (int c = 0; c < columnOrder.length; c++) {
                int at = (first + columnOrder[c] * stride) * type.size();
                int slot = plan.slot(c);
                if (slot != ColumnPlan.LEFT_OUT) {
                    values[slot] = type.number(buffer, at);
                }
                if (keepText) {
                    texts.add(type.text(buffer, at));
                }
            }
            gate.pass(row + 1, Collections.unmodifiableList(texts), values, null);
        }
    }
}
