package dev.millrace.cli;

import java.util.Locale;
import java.util.Map;

/** How likely rows or images are under a model. */
interface LikelihoodSummary {

    /** Takes scores in. */
    void add(ScoredBlock block);

    /** The figures by their documented keys; null where there is none. */
    Map<String, Object> toTree();

    /** The figures that {@code score} tells; the map is the caller's to add to. */
    Map<String, Object> toScoreTree(long droppedRows);

    /** The figures for people. */
    String toText();

    /** One line of {@link #toText}. */
    static String line(String label, String figure, String unit) {
        return String.format(Locale.ROOT, "%-15s %-22s %s%n", label, figure, unit);
    }

    /** Null, which JSON has, for what it has not. */
    static Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
