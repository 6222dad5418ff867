package dev.millrace.report;

import dev.millrace.data.ColumnEncoding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Each column by itself, and the pairs of columns that have most to do with each other: real rows against drawn ones. */
record Marginals(List<ColumnEncoding> columns, Sample real, Sample drawn) {

    private static final int MOST_COLUMNS = 12;
    private static final int MOST_PAIRS = 6;

    /** Of more columns not all pairs are looked at: the work grows with the square. */
    private static final int MOST_PAIRED = 40;

    private static final int PAIR_ROWS = 2000;

    /** The columns, those first in which drawn rows differ most from real ones. */
    List<Object> columnTrees() {
        return ranked().stream().limit(MOST_COLUMNS).<Object>map(this::column).toList();
    }

    private List<Integer> ranked() {
        double[] distance = new double[columns.size()];
        IntStream.range(0, distance.length)
                .parallel()
                .forEach(c -> distance[c] = Statistics.distance(real.column(c), drawn.column(c)));
        return IntStream.range(0, distance.length)
                .boxed()
                .sorted(Comparator.comparingDouble(c -> -distance[c]))
                .toList();
    }

    private Map<String, Object> column(int column) {
        double[] of = real.column(column);
        double[] by = drawn.column(column);
        Histogram histogram = Histogram.over(columns.get(column), of);
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", columns.get(column).name());
        tree.put("distance", Numbers.of(Statistics.distance(of, by)));
        tree.put("edges", histogram.edges());
        tree.put("real", Numbers.list(histogram.density(of)));
        tree.put("drawn", Numbers.list(histogram.density(by)));
        return tree;
    }

    /** Pairs of columns, those first that tell most about each other. */
    List<Object> pairTrees(int points) {
        return pairs().stream()
                .limit(MOST_PAIRS)
                .<Object>map(pair -> pair(pair, points))
                .toList();
    }

    /** The names of the two columns that tell most about each other. */
    List<String> strongestPair() {
        Pair strongest = pairs().get(0);
        return List.of(columns.get(strongest.a).name(), columns.get(strongest.b).name());
    }

    private List<Pair> pairs() {
        List<Integer> among = ranked().stream().limit(MOST_PAIRED).sorted().toList();
        List<Pair> pairs = new ArrayList<>();
        Sample some = real.first(PAIR_ROWS);
        for (int i = 0; i < among.size(); i++) {
            for (int j = i + 1; j < among.size(); j++) {
                pairs.add(new Pair(
                        among.get(i),
                        among.get(j),
                        Statistics.mutualInformation(some.column(among.get(i)), some.column(among.get(j)))));
            }
        }
        pairs.sort(Comparator.comparingDouble(pair -> -pair.information()));
        return pairs;
    }

    private record Pair(int a, int b, double information) {}

    private Map<String, Object> pair(Pair pair, int points) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("x", columns.get(pair.a).name());
        tree.put("y", columns.get(pair.b).name());
        tree.put("information", Numbers.of(pair.information));
        for (Map.Entry<String, Sample> rows : List.of(Map.entry("real", real), Map.entry("drawn", drawn))) {
            Sample some = rows.getValue().first(points);
            tree.put(rows.getKey(), List.of(Numbers.coarse(some.column(pair.a)), Numbers.coarse(some.column(pair.b))));
        }
        return tree;
    }
}
