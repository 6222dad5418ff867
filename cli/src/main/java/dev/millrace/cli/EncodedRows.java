package dev.millrace.cli;

import dev.millrace.data.Table;
import dev.millrace.data.TableEncoding;
import dev.millrace.train.RowSource;

/** A table's rows as a flow sees them: dequantised anew in each epoch, and always alike where they are scored. */
record EncodedRows(Table table, TableEncoding encoding, long seed) implements RowSource {

    @Override
    public int rows() {
        return table.rows();
    }

    @Override
    public int dimension() {
        return table.columns().size();
    }

    @Override
    public void read(int row, int epoch, double[] into, int at) {
        table.copyRow(row, into, at);
        if (epoch < 0) {
            encoding.encodeScoring(into, at, seed);
        } else {
            encoding.encodeTraining(into, at, seed, epoch, row);
        }
    }
}
