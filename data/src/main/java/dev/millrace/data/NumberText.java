package dev.millrace.data;

/** Numbers as text that reads back as the same double. */
final class NumberText {

    /** Up to here every whole number is a double of its own. */
    private static final double LARGEST_WHOLE = 0x1p53;

    private NumberText() {}

    /**
     * As pandas writes numbers: {@code 0.1}, {@code 3.0}, {@code inf}, and nothing at all for NaN.
     *
     * @param whole whether 3.0 is to be written as {@code 3}
     */
    static String of(double value, boolean whole) {
        if (Double.isNaN(value)) {
            return "";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        if (whole && value == Math.rint(value) && Math.abs(value) <= LARGEST_WHOLE) {
            return Long.toString((long) value);
        }
        return Double.toString(value);
    }
}
