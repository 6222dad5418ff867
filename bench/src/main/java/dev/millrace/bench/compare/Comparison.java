package dev.millrace.bench.compare;

import dev.millrace.bench.Spread;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One measure of one work, for every program that has it.
 *
 * @param work its name
 * @param measure what was measured, with its unit
 * @param lines one for each program, in the order in which they first measured
 */
record Comparison(String work, String measure, List<Line> lines) {

    /** Values of one program by threads, then by round. */
    private static final class Series extends TreeMap<Integer, TreeMap<Integer, Double>> {}

    /**
     * One program.
     *
     * @param program its name
     * @param byThreads the rounds' values for each number of threads
     * @param advantage how many times better Millrace is, each at its best number of threads: the spread of the rounds'
     *     ratios. Empty for Millrace itself, if no round has both, or if the measure has no better and worse
     */
    record Line(String program, Map<Integer, Spread> byThreads, Optional<Spread> advantage) {}

    /** What is good in a measure. */
    private enum Direction {
        MORE,
        LESS,
        NEITHER;

        static Direction of(String measure) {
            if (measure.endsWith("nats")) {
                return NEITHER;
            }
            return measure.endsWith("rows/s") ? MORE : LESS;
        }

        /** The threads with the best median, and the fewer ones of two that are equal. */
        int best(Map<Integer, Spread> byThreads) {
            return byThreads.keySet().stream()
                    .reduce((a, b) ->
                            ratio(byThreads.get(b).median(), byThreads.get(a).median()) > 1 ? b : a)
                    .orElseThrow();
        }

        double ratio(double ours, double theirs) {
            return this == MORE ? ours / theirs : theirs / ours;
        }
    }

    /** All measures of all works, in the order in which they first came. */
    static List<Comparison> of(List<Observation> observations) {
        Map<List<String>, Map<String, Series>> measures = new LinkedHashMap<>();
        for (Observation observation : observations) {
            observation.values().forEach((measure, value) -> measures.computeIfAbsent(
                            List.of(observation.work(), measure), key -> new LinkedHashMap<>())
                    .computeIfAbsent(observation.program(), program -> new Series())
                    .computeIfAbsent(observation.threads(), threads -> new TreeMap<>())
                    .put(observation.round(), value));
        }
        List<Comparison> comparisons = new ArrayList<>();
        measures.forEach((key, programs) ->
                comparisons.add(new Comparison(key.get(0), key.get(1), lines(programs, Direction.of(key.get(1))))));
        return comparisons;
    }

    private static List<Line> lines(Map<String, Series> programs, Direction direction) {
        List<Line> lines = new ArrayList<>();
        Series ours = programs.get(Program.MILLRACE);
        programs.forEach((program, series) -> {
            Optional<Spread> advantage = series == ours || ours == null || direction == Direction.NEITHER
                    ? Optional.empty()
                    : advantage(ours, series, direction);
            lines.add(new Line(program, spreads(series), advantage));
        });
        return lines;
    }

    private static Optional<Spread> advantage(Series ours, Series theirs, Direction direction) {
        Map<Integer, Double> own = ours.get(direction.best(spreads(ours)));
        Map<Integer, Double> other = theirs.get(direction.best(spreads(theirs)));
        List<Double> ratios = other.keySet().stream()
                .filter(own::containsKey)
                .map(round -> direction.ratio(own.get(round), other.get(round)))
                .toList();
        return ratios.isEmpty() ? Optional.empty() : Optional.of(spread(ratios));
    }

    private static Map<Integer, Spread> spreads(Series series) {
        Map<Integer, Spread> spreads = new TreeMap<>();
        series.forEach((threads, rounds) -> spreads.put(threads, spread(rounds.values())));
        return spreads;
    }

    private static Spread spread(Collection<Double> values) {
        return Spread.of(values.stream().mapToDouble(Double::doubleValue));
    }
}
