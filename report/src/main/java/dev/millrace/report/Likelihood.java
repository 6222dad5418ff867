package dev.millrace.report;

import dev.millrace.data.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How likely rows are under the flow, and beside it under the baseline and the truth where there are any.
 *
 * @param set the rows
 * @param model log-density of each, in nats
 * @param baseline the same by the baseline
 * @param truth the same by the density the data really has
 */
record Likelihood(RowSet set, double[] model, Optional<double[]> baseline, Optional<double[]> truth) {

    private static final int BLOCK_ROWS = 1024;
    private static final int LEAST_LIKELY = 10;

    /** The log-densities of every row of a set, block by block on all processors; each row's depends on itself alone. */
    static Likelihood of(ReportInput input, RowSet set) {
        int rows = set.rows().rows();
        double[] model = new double[rows];
        Optional<double[]> baseline = input.baseline().map(any -> new double[rows]);
        Optional<double[]> truth = input.truth().map(any -> new double[rows]);
        IntStream.range(0, (rows + BLOCK_ROWS - 1) / BLOCK_ROWS).parallel().forEach(block -> {
            int from = block * BLOCK_ROWS;
            int count = Math.min(BLOCK_ROWS, rows - from);
            double[] encoded = encoded(input, set.rows(), from, count);
            put(Plane.density(input.flow()), encoded, count, model, from);
            baseline.ifPresent(into -> put(input.baseline().get(), encoded, count, into, from));
            truth.ifPresent(into -> put(input.truth().get(), encoded, count, into, from));
        });
        return new Likelihood(set, model, baseline, truth);
    }

    private static double[] encoded(ReportInput input, Table table, int from, int count) {
        int columns = input.dimension();
        double[] rows = new double[count * columns];
        for (int i = 0; i < count; i++) {
            table.copyRow(from + i, rows, i * columns);
        }
        input.codec().encode(rows);
        return rows;
    }

    private static void put(RowDensity density, double[] rows, int count, double[] into, int at) {
        System.arraycopy(density.logProb(rows, count), 0, into, at, count);
    }

    Map<String, Object> toTree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("of", set.role().toString());
        tree.put("rows", model.length);
        tree.put("total", set.of());
        tree.put("model", mean(model));
        baseline.ifPresent(values -> {
            tree.put("baseline", mean(values));
            tree.put("gain", mean(difference(model, values)));
        });
        truth.ifPresent(values -> tree.put("truth", mean(values)));
        return tree;
    }

    private static Map<String, Object> mean(double[] values) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("mean", Numbers.of(Statistics.mean(values)));
        tree.put("error", Numbers.of(Statistics.standardError(values)));
        return tree;
    }

    private static double[] difference(double[] a, double[] b) {
        double[] difference = new double[a.length];
        Arrays.setAll(difference, i -> a[i] - b[i]);
        return difference;
    }

    /** Where in the set the rows are that the flow finds least likely, the least likely first. */
    List<Integer> leastLikelyRows(int most) {
        return IntStream.range(0, model.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> model[i]))
                .limit(most)
                .toList();
    }

    /** The rows that the flow finds least likely, the least likely first. */
    List<Object> leastLikely() {
        List<Object> rows = new ArrayList<>();
        leastLikelyRows(LEAST_LIKELY).forEach(i -> {
            double[] values = new double[set.rows().columns().size()];
            set.rows().copyRow(i, values, 0);
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("number", set.numbers()[i]);
            row.put("logProb", Numbers.of(model[i]));
            row.put("values", Numbers.list(Arrays.copyOf(values, Math.min(values.length, 12))));
            rows.add(row);
        });
        return rows;
    }
}
