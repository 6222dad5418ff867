package dev.millrace.model;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * A double as the decimal number with the fewest digits that reads back as the same double.
 *
 * <p>Not {@link Double#toString(double)}: before Java 19 it gives more digits than needed for some numbers
 * (1.9999999999999998E23 for 2E23), so the same model would have a different file on a different Java version.
 */
final class ShortestDecimal {

    /** Digits with which every double reads back. */
    private static final int ENOUGH = 17;

    private ShortestDecimal() {}

    /**
     * The JSON number for {@code value}. It always has a fraction or an exponent, which tells it from an integer.
     *
     * @throws IllegalArgumentException if the value is not finite
     */
    static String of(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("no JSON number for " + value);
        }
        if (value == 0) {
            return 1 / value < 0 ? "-0.0" : "0.0";
        }
        BigDecimal decimal = shortest(value).stripTrailingZeros();
        int exponent = decimal.precision() - decimal.scale() - 1;
        String text = exponent >= -6 && exponent < 16 ? decimal.toPlainString() : decimal.toString();
        return text.contains(".") || text.contains("E") ? text : text + ".0";
    }

    private static BigDecimal shortest(double value) {
        BigDecimal exact = new BigDecimal(value);
        for (int digits = 1; digits < ENOUGH; digits++) {
            // Away from zero as well as to the nearest: above a power of two the doubles lie twice as far apart as
            // below it, so that the nearest decimal may be on the side where it reads back as a neighbour.
            for (RoundingMode mode : new RoundingMode[] {RoundingMode.HALF_EVEN, RoundingMode.UP}) {
                BigDecimal rounded = exact.round(new MathContext(digits, mode));
                // Through text: a BigDecimal's own doubleValue is not correctly rounded in every Java version.
                if (Double.parseDouble(rounded.toString()) == value) {
                    return rounded;
                }
            }
        }
        return exact.round(new MathContext(ENOUGH, RoundingMode.HALF_EVEN));
    }
}
