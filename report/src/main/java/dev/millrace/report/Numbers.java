package dev.millrace.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/** Numbers for a page: of a few digits, since a screen shows no more. */
final class Numbers {

    private static final MathContext DIGITS = new MathContext(5);
    private static final MathContext PIXELS = new MathContext(4);

    private Numbers() {}

    /** To five digits; null where it is not finite. */
    static Double of(double value) {
        return rounded(value, DIGITS);
    }

    static List<Object> list(double[] values) {
        return list(values, DIGITS);
    }

    /** To four digits, for what is only drawn. */
    static List<Object> coarse(double[] values) {
        return list(values, PIXELS);
    }

    private static List<Object> list(double[] values, MathContext digits) {
        List<Object> list = new ArrayList<>(values.length);
        for (double value : values) {
            list.add(rounded(value, digits));
        }
        return list;
    }

    private static Double rounded(double value, MathContext digits) {
        return Double.isFinite(value)
                ? (Double) BigDecimal.valueOf(value).round(digits).doubleValue()
                : null;
    }
}
