package dev.millrace.report;

import dev.millrace.data.ColumnEncoding;
import java.util.Arrays;
import java.util.List;

/** Bins of equal width, and how numbers fall into them. */
record Histogram(double from, double width, int bins) {

    private static final int BINS = 40;

    /** So few values of a discrete column get a bin each. */
    private static final int MOST_VALUES = 60;

    /** Bins from the smallest to the largest of these numbers, but for the outermost thousandth on each side. */
    static Histogram over(double... values) {
        double[] sorted = Statistics.sorted(values);
        double low = Statistics.quantile(sorted, 0.001);
        double high = Statistics.quantile(sorted, 0.999);
        return high > low ? new Histogram(low, (high - low) / BINS, BINS) : new Histogram(low - 0.5, 1, 1);
    }

    /** Bins for a column; a value of a column that takes few has a bin to itself. */
    static Histogram over(ColumnEncoding column, double... values) {
        if (column instanceof ColumnEncoding.Discrete discrete
                && discrete.lattice()
                && (discrete.max() - discrete.min()) / discrete.step() < MOST_VALUES) {
            int bins = (int) Math.round((discrete.max() - discrete.min()) / discrete.step()) + 1;
            return new Histogram(discrete.min() - discrete.step() / 2, discrete.step(), bins);
        }
        return over(values);
    }

    /** The density of numbers in each bin: bars of this height have an area equal to the share of numbers in them. */
    double[] density(double[] values) {
        double[] density = new double[bins];
        for (double value : values) {
            int bin = (int) Math.floor((value - from) / width);
            // The last bin holds its upper end.
            bin = bin == bins && value <= from + bins * width * (1 + 1e-12) ? bins - 1 : bin;
            if (bin >= 0 && bin < bins) {
                density[bin]++;
            }
        }
        return Arrays.stream(density)
                .map(count -> count / (values.length * width))
                .toArray();
    }

    List<Object> edges() {
        double[] edges = new double[bins + 1];
        Arrays.setAll(edges, i -> from + i * width);
        return Numbers.list(edges);
    }
}
