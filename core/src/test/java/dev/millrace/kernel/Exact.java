package dev.millrace.kernel;

import java.math.BigDecimal;
import java.math.MathContext;

/** Elementary functions to 40 digits, slowly, from their series. */
final class Exact {

    private static final MathContext DIGITS = new MathContext(50);
    private static final BigDecimal ONE = BigDecimal.ONE;
    private static final BigDecimal TWO = BigDecimal.valueOf(2);

    private Exact() {}

    static BigDecimal exp(BigDecimal x) {
        int halvings = Math.max(0, Math.getExponent(x.doubleValue()) + 6);
        BigDecimal small = x.divide(TWO.pow(halvings), DIGITS);
        BigDecimal term = ONE;
        BigDecimal sum = ONE;
        for (int i = 1; i < 20; i++) {
            term = term.multiply(small, DIGITS).divide(BigDecimal.valueOf(i), DIGITS);
            sum = sum.add(term, DIGITS);
        }
        return sum.pow(1 << halvings, DIGITS);
    }

    /** Two of Halley's steps from a double, each of which triples the digits. */
    static BigDecimal log(BigDecimal x) {
        BigDecimal y = new BigDecimal(StrictMath.log(x.doubleValue()));
        for (int i = 0; i < 2; i++) {
            BigDecimal power = exp(y);
            y = y.add(TWO.multiply(x.subtract(power)).divide(x.add(power), DIGITS), DIGITS);
        }
        return y;
    }

    static BigDecimal tanh(BigDecimal x) {
        BigDecimal power = exp(TWO.multiply(x));
        return power.subtract(ONE).divide(power.add(ONE), DIGITS);
    }

    static BigDecimal sigmoid(BigDecimal x) {
        return ONE.divide(ONE.add(exp(x.negate())), DIGITS);
    }

    static BigDecimal softplus(BigDecimal x) {
        return log(ONE.add(exp(x)));
    }

    /** How far {@code actual} is from {@code exact}, in units of {@code ulp}. */
    static double distance(double actual, BigDecimal exact, double ulp) {
        return new BigDecimal(actual)
                .subtract(exact)
                .abs()
                .divide(new BigDecimal(ulp), DIGITS)
                .doubleValue();
    }
}
