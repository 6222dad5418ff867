package dev.millrace.report;

import dev.millrace.Flow;
import dev.millrace.data.Table;
import dev.millrace.train.EpochReport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Everything that a report shows, as a JSON tree. */
record ReportTree(ReportInput input, Detail detail) {

    /** With fewer judged rows, pictures of real rows show rows of all kinds. */
    private static final int ENOUGH_ROWS = 1000;

    private static final int MOST_NUMBERS = 4_000_000;
    private static final int FEWEST_ROWS = 200;
    private static final int FEWEST_WALKERS = 20;
    private static final int MOST_WALKERS = 1000;

    Map<String, Object> toTree() {
        RowSet judged = judged();
        Sample real = sample(shown());
        Flow.Sample draw = input.flow().sampleWithLogProb(0, real.count(), input.seed(), 1);
        Sample drawn = Sample.of(draw.rows(), input.codec(), input.dimension());
        Likelihood likelihood = Likelihood.of(input, judged);

        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("title", input.title());
        tree.put("model", model());
        tree.put("sampling", sampling(real));
        tree.put("likelihood", likelihood.toTree());
        tree.put("history", history());
        if (input.dimension() == 2) {
            tree.put("plane", Plane.toTree(input, real, drawn, detail));
        }
        if (input.images().isPresent()) {
            tree.put("images", new Images(input, input.images().get(), real, likelihood).toTree());
        } else {
            Marginals marginals = new Marginals(input.encoding().columns(), real, drawn);
            tree.put("marginals", marginals.columnTrees());
            tree.put("pairs", input.dimension() == 2 ? List.of() : marginals.pairTrees(detail.points()));
            tree.put("leastLikely", likelihood.leastLikely());
        }
        tree.put("latent", latent(real));
        tree.put("logProb", logProb(judged, draw.logProb()));
        tree.put("layers", Layers.toTree(input.flow(), real.first(walkers())));
        tree.put("facts", input.facts());
        tree.put("reproduction", input.reproduction().map(Reproduction::toTree).orElse(null));
        return tree;
    }

    private RowSet judged() {
        RowSet set = input.judged();
        return detail.everyRow() || set.rows().rows() <= detail.rows() ? set : part(set);
    }

    private RowSet part(RowSet set) {
        int[] first = new int[detail.rows()];
        Arrays.setAll(first, i -> (int) ((long) i * set.rows().rows() / first.length));
        int[] numbers = Arrays.stream(first).map(i -> set.numbers()[i]).toArray();
        return new RowSet(set.role(), set.rows().select(first), numbers, set.of());
    }

    private boolean judgedAreEnough() {
        return input.judged().rows().rows() >= ENOUGH_ROWS;
    }

    private Table shown() {
        return judgedAreEnough()
                ? input.judged().rows()
                : Table.concat(input.sets().stream().map(RowSet::rows).toList());
    }

    private Sample sample(Table table) {
        return Sample.of(table, input.codec(), input.seed(), mostRows());
    }

    /** Of wide rows fewer, so that neither memory nor time grow with the width. */
    private int mostRows() {
        return Math.max(FEWEST_ROWS, Math.min(detail.rows(), MOST_NUMBERS / input.dimension()));
    }

    /** All their places on the way through the layers are kept. */
    private int walkers() {
        int numbers = input.dimension() * (input.flow().layers().size() + 1);
        return Math.max(FEWEST_WALKERS, Math.min(MOST_WALKERS, MOST_NUMBERS / numbers));
    }

    private Map<String, Object> model() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("columns", input.encoding().names());
        tree.put("layers", input.flow().layers().size());
        tree.put("parameters", input.flow().parameterCount());
        List<Object> sets = new ArrayList<>();
        for (RowSet set : input.sets()) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("name", set.role().toString());
            entry.put("rows", set.of());
            sets.add(entry);
        }
        tree.put("sets", sets);
        return tree;
    }

    private Map<String, Object> sampling(Sample real) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("shown", real.count());
        tree.put(
                "of",
                judgedAreEnough()
                        ? input.judged().of()
                        : input.sets().stream().mapToLong(RowSet::of).sum());
        tree.put("set", judgedAreEnough() ? input.judged().role().toString() : "rows");
        tree.put("seed", input.seed());
        return tree;
    }

    private Map<String, Object> history() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("train", epochs(EpochReport::trainLogProb));
        tree.put("validation", epochs(EpochReport::validationLogProb));
        int best = 0;
        for (int i = 1; i < input.history().size(); i++) {
            best = input.history().get(i).score() > input.history().get(best).score() ? i : best;
        }
        tree.put("best", input.history().isEmpty() ? null : best + 1);
        return tree;
    }

    private List<Object> epochs(ToDoubleFunction<EpochReport> figure) {
        return Numbers.list(input.history().stream().mapToDouble(figure).toArray());
    }

    private Map<String, Object> latent(Sample real) {
        double[] z = input.flow().forward(real.encoded(), real.count());
        return new Latent(input.flow().base(), z, real.count()).toTree();
    }

    /**
     * How log p is spread over rows that the flow learned from, rows it did not see, and rows it draws. Of these the flow
     * tells it as it draws: what has been rounded to the edge of a logit's interval cannot be scored again.
     */
    private Map<String, Object> logProb(RowSet judged, double[] drawn) {
        Map<String, double[]> values = new LinkedHashMap<>();
        for (RowSet set : input.sets()) {
            if (set.role() == RowSet.Role.TRAINING || set.role() == judged.role()) {
                values.put(set.role().toString(), logProb(sample(set.rows())));
            }
        }
        values.put("rows drawn by the flow", drawn);
        Histogram bins = Histogram.over(
                values.values().stream().flatMapToDouble(Arrays::stream).toArray());
        List<Object> sets = new ArrayList<>();
        values.forEach((name, logProb) -> {
            Map<String, Object> set = new LinkedHashMap<>();
            set.put("name", name);
            set.put("rows", logProb.length);
            set.put("density", Numbers.list(bins.density(logProb)));
            sets.add(set);
        });
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("edges", bins.edges());
        tree.put("sets", sets);
        return tree;
    }

    private double[] logProb(Sample sample) {
        return Plane.density(input.flow()).logProb(sample.encoded(), sample.count());
    }
}
