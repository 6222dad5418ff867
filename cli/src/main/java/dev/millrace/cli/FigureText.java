package dev.millrace.cli;

import java.util.Locale;

/** Numbers as people read them. */
final class FigureText {

    /** From here on a figure would fill its line with digits that mean nothing. */
    private static final double WIDE = 1e9;

    private FigureText() {}

    /** A count, with commas between the thousands. */
    static String grouped(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** A figure with four decimals; very large ones as a power of ten. */
    static String of(double value) {
        return String.format(Locale.ROOT, isWide(value) ? "%.4e" : "%.4f", value);
    }

    /** The same with its sign, whichever it is. */
    static String signed(double value) {
        return String.format(Locale.ROOT, isWide(value) ? "%+.4e" : "%+.4f", value);
    }

    private static boolean isWide(double value) {
        return Math.abs(value) >= WIDE;
    }

    /** A figure and, where there is one, its standard error. */
    static String withError(String figure, double error) {
        return Double.isFinite(error) ? figure + " ± " + of(error) : figure;
    }
}
