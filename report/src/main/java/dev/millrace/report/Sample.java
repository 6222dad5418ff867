package dev.millrace.report;

import dev.millrace.data.Table;
import dev.millrace.kernel.SplitMix;
import java.util.Arrays;

/**
 * Rows to show: all of a set, or a seeded random part of it.
 *
 * @param columns of a row
 * @param of how many rows they are a part
 * @param raw the rows as they stand in the data
 * @param encoded the same rows as the flow sees them
 */
record Sample(int columns, int of, double[] raw, double[] encoded) {

    /** At most {@code most} rows of a table, in its order, each as likely to be among them as any other. */
    static Sample of(Table table, RowCodec codec, long seed, int most) {
        int columns = table.columns().size();
        int count = Math.min(most, table.rows());
        int[] picked = Arrays.copyOf(new SplitMix(seed, 1).permutation(table.rows()), count);
        Arrays.sort(picked);
        double[] raw = new double[count * columns];
        for (int i = 0; i < count; i++) {
            table.copyRow(picked[i], raw, i * columns);
        }
        double[] encoded = raw.clone();
        codec.encode(encoded);
        return new Sample(columns, table.rows(), raw, encoded);
    }

    /** Rows drawn from a flow. */
    static Sample of(double[] drawn, RowCodec codec, int columns) {
        double[] raw = drawn.clone();
        codec.decode(raw);
        return new Sample(columns, drawn.length / columns, raw, drawn);
    }

    int count() {
        return raw.length / columns;
    }

    /** The first of these rows. */
    Sample first(int most) {
        int count = Math.min(most, count());
        return new Sample(columns, of, Arrays.copyOf(raw, count * columns), Arrays.copyOf(encoded, count * columns));
    }

    /** One column as it stands in the data. */
    double[] column(int column) {
        return column(raw, columns, column);
    }

    static double[] column(double[] rows, int columns, int column) {
        double[] values = new double[rows.length / columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = rows[i * columns + column];
        }
        return values;
    }
}
