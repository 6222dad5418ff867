package dev.millrace.data;

import java.util.List;

/** Gathers rows into a table. */
final class TableCollector implements RowSink {

    private final String source;
    private final int maxCells;
    private final DoubleBuffer cells = new DoubleBuffer();
    private List<String> columns;

    TableCollector(String source, int maxCells) {
        this.source = source;
        this.maxCells = maxCells;
    }

    @Override
    public void begin(RowLayout layout) {
        columns = layout.columns();
    }

    @Override
    public void row(long line, List<String> rawCells, double[] values) {
        if (cells.size() + values.length > maxCells) {
            throw new DataException(source + ": has more than " + maxCells
                    + " numbers; read fewer columns with --columns, or split the file");
        }
        cells.append(values);
    }

    Table table() {
        return Table.owning(columns, cells.toArray());
    }
}
