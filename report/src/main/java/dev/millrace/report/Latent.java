package dev.millrace.report;

import dev.millrace.distribution.Distribution;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Whether z = f(x) is distributed as the base says: quantiles against quantiles, and correlations, which should be 0. */
record Latent(Distribution base, double[] z, int rows) {

    private static final int MOST_ENTRIES = 6;
    private static final int MOST_CORRELATED = 24;
    private static final int QUANTILES = 99;

    /** Of a normal distribution, 95 % is within so many standard deviations. */
    private static final double NINETY_FIVE = 1.96;

    Map<String, Object> toTree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put(
                "base",
                base.getClass()
                        .getSimpleName()
                        .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                        .toLowerCase(java.util.Locale.ROOT));
        tree.put("entries", base.dimension());
        tree.put("rows", rows);
        tree.put(
                "quantiles",
                IntStream.range(0, base.dimension())
                        .boxed()
                        .sorted(Comparator.comparingDouble(entry -> -misfit(entry)))
                        .limit(MOST_ENTRIES)
                        .<Object>map(this::quantiles)
                        .toList());
        tree.put("correlation", correlation());
        return tree;
    }

    private double[] entry(int entry) {
        return Sample.column(z, base.dimension(), entry);
    }

    /** How far the quantiles are from the base's, on average, in units of the base's. */
    private double misfit(int entry) {
        double[] sorted = Statistics.sorted(entry(entry));
        double sum = 0;
        for (int i = 1; i <= QUANTILES; i++) {
            double p = i / (QUANTILES + 1.0);
            sum += Math.abs(Statistics.quantile(sorted, p) - base.quantile(entry, p));
        }
        return sum / (base.quantile(entry, 0.84) - base.quantile(entry, 0.16));
    }

    /** The numbers of a QQ plot: for each probability the base's quantile, z's, and where 95 % of samples would be. */
    Map<String, Object> quantiles(int entry) {
        double[] sorted = Statistics.sorted(entry(entry));
        double[] expected = new double[QUANTILES];
        double[] found = new double[QUANTILES];
        double[] low = new double[QUANTILES];
        double[] high = new double[QUANTILES];
        for (int i = 0; i < QUANTILES; i++) {
            double p = (i + 1) / (QUANTILES + 1.0);
            double spread = NINETY_FIVE * Math.sqrt(p * (1 - p) / rows);
            expected[i] = base.quantile(entry, p);
            found[i] = Statistics.quantile(sorted, p);
            low[i] = base.quantile(entry, Math.max(p - spread, 0.1 / rows));
            high[i] = base.quantile(entry, Math.min(p + spread, 1 - 0.1 / rows));
        }
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("entry", entry + 1);
        tree.put("expected", Numbers.list(expected));
        tree.put("found", Numbers.list(found));
        tree.put("low", Numbers.list(low));
        tree.put("high", Numbers.list(high));
        return tree;
    }

    private List<Object> correlation() {
        int size = Math.min(base.dimension(), MOST_CORRELATED);
        double[][] columns = new double[size][];
        Arrays.setAll(columns, this::entry);
        List<Object> lines = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            double[] line = new double[size];
            for (int j = 0; j < size; j++) {
                line[j] = Statistics.correlation(columns[i], columns[j]);
            }
            lines.add(Numbers.list(line));
        }
        return lines;
    }
}
