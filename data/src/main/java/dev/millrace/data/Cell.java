package dev.millrace.data;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;

/** What the text of a cell means. */
final class Cell {

    /** Lower case. What pandas, R, DuckDB and spreadsheets write for a missing number, and the UCI repository's "?". */
    private static final Set<String> MISSING =
            Set.of("", "na", "n/a", "#n/a", "<na>", "nan", "-nan", "+nan", "null", "none", "?");

    private static final Set<String> INFINITE = Set.of("inf", "+inf", "infinity", "+infinity");
    private static final Set<String> NEGATIVE_INFINITE = Set.of("-inf", "-infinity");
    private static final int LONGEST_WORD = 9;

    private Cell() {}

    /**
     * The number a cell says, spaces around it ignored.
     *
     * @return NaN if the cell is missing; empty if it is neither a number nor missing
     */
    static OptionalDouble number(String text) {
        String stripped = text.strip();
        double value = Decimal.parse(stripped.toCharArray(), 0, stripped.length());
        if (!Double.isNaN(value)) {
            return OptionalDouble.of(value);
        }
        if (stripped.length() > LONGEST_WORD) {
            return OptionalDouble.empty();
        }
        String word = stripped.toLowerCase(Locale.ROOT);
        if (MISSING.contains(word)) {
            return OptionalDouble.of(Double.NaN);
        }
        if (INFINITE.contains(word)) {
            return OptionalDouble.of(Double.POSITIVE_INFINITY);
        }
        return NEGATIVE_INFINITE.contains(word) ? OptionalDouble.of(Double.NEGATIVE_INFINITY) : OptionalDouble.empty();
    }

    /** Whether the cell is neither a number nor missing. */
    static boolean isText(String text) {
        return number(text).isEmpty();
    }
}
