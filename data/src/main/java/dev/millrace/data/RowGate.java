package dev.millrace.data;

import java.io.IOException;
import java.util.List;

/** The one way from every format's rows to a sink: applies the policy for missing cells and counts. */
final class RowGate {

    private final Complaints complaints;
    private final ReadOptions.Missing policy;
    private final RowSink sink;
    private List<String> columns;
    private long kept;
    private long dropped;

    RowGate(Complaints complaints, ReadOptions.Missing policy, RowSink sink) {
        this.complaints = complaints;
        this.policy = policy;
        this.sink = sink;
    }

    void begin(RowLayout layout) throws IOException {
        columns = layout.columns();
        sink.begin(layout);
    }

    /**
     * Lets a row through, or drops it, or refuses it.
     *
     * @param line its number
     * @param rawCells its text, or an empty list if none was kept
     * @param values its kept cells; NaN or infinite where missing
     * @param missingText what the first missing cell said; null to show its number instead
     */
    void pass(long line, List<String> rawCells, double[] values, String missingText) throws IOException {
        int missing = firstMissing(values);
        if (missing < 0) {
            sink.row(line, rawCells, values);
            kept++;
        } else if (policy == ReadOptions.Missing.DROP) {
            sink.dropped(line, rawCells);
            dropped++;
        } else {
            String found = missingText == null ? String.valueOf(values[missing]) : missingText;
            throw complaints.missing(line, columns.get(missing), found);
        }
    }

    private static int firstMissing(double[] values) {
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                return i;
            }
        }
        return -1;
    }

    RowCount end() {
        if (kept == 0) {
            throw complaints.noRows(dropped);
        }
        return new RowCount(kept, dropped);
    }
}
