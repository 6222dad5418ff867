package dev.millrace.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.math.BigDecimal;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ElementaryTest {

    /** Name, function, exact function, range of arguments, and the documented bound in units in the last place. */
    static Stream<Arguments> doubleFunctions() {
        return Stream.of(
                row("exp", Elementary::exp, Exact::exp, -708, 709, 2),
                row("exp", Elementary::exp, Exact::exp, -1, 1, 2),
                row("log", Elementary::log, Exact::log, 0.5, 2, 2),
                row("log", Elementary::log, Exact::log, 0, 1e9, 2),
                row("tanh", Elementary::tanh, Exact::tanh, -19, 19, 4),
                row("tanh", Elementary::tanh, Exact::tanh, -2, 2, 4),
                row("tanh", Elementary::tanh, Exact::tanh, -1e-3, 1e-3, 4),
                row("sigmoid", Elementary::sigmoid, Exact::sigmoid, -700, 40, 4),
                row("sigmoid", Elementary::sigmoid, Exact::sigmoid, -40, 5, 4),
                row("softplus", Elementary::softplus, Exact::softplus, -30, 30, 4),
                row("softplus", Elementary::softplus, Exact::softplus, -3, 3, 4));
    }

    static Stream<Arguments> floatFunctions() {
        return Stream.of(
                row("exp", x -> Elementary.exp((float) x), Exact::exp, -87, 88, 2),
                row("exp", x -> Elementary.exp((float) x), Exact::exp, -1, 1, 2),
                row("tanh", x -> Elementary.tanh((float) x), Exact::tanh, -9, 9, 4),
                row("tanh", x -> Elementary.tanh((float) x), Exact::tanh, -1, 1, 4),
                row("tanh", x -> Elementary.tanh((float) x), Exact::tanh, -1e-3, 1e-3, 4),
                row("sigmoid", x -> Elementary.sigmoid((float) x), Exact::sigmoid, -80, 20, 4),
                row("sigmoid", x -> Elementary.sigmoid((float) x), Exact::sigmoid, -3, 3, 4));
    }

    private static Arguments row(
            String name,
            DoubleUnaryOperator function,
            UnaryOperator<BigDecimal> exact,
            double from,
            double to,
            int bound) {
        return arguments(name, function, exact, from, to, bound);
    }

    @ParameterizedTest(name = "{0} on [{3}, {4}]")
    @MethodSource
    void doubleFunctions(
            String name,
            DoubleUnaryOperator function,
            UnaryOperator<BigDecimal> exact,
            double from,
            double to,
            double bound) {
        Random random = new Random(1);
        for (int i = 0; i < 200; i++) {
            double x = from + (to - from) * random.nextDouble();
            BigDecimal expected = exact.apply(new BigDecimal(x));
            double error = Exact.distance(function.applyAsDouble(x), expected, Math.ulp(expected.doubleValue()));
            assertThat(error).as("%s(%s)", name, x).isLessThan(bound);
        }
    }

    @ParameterizedTest(name = "{0} on [{3}, {4}]")
    @MethodSource
    void floatFunctions(
            String name,
            DoubleUnaryOperator function,
            UnaryOperator<BigDecimal> exact,
            double from,
            double to,
            double bound) {
        Random random = new Random(2);
        for (int i = 0; i < 200; i++) {
            float x = (float) (from + (to - from) * random.nextDouble());
            BigDecimal expected = exact.apply(new BigDecimal(x));
            double error = Exact.distance(function.applyAsDouble(x), expected, Math.ulp(expected.floatValue()));
            assertThat(error).as("%s(%s)", name, x).isLessThan(bound);
        }
    }

    /** StrictMath is within 1 unit of the truth, so that a bound of 2 becomes 3 and 4 becomes 5. */
    @Test
    void agreesWithStrictMathOnManyArguments() {
        Random random = new Random(3);
        for (int i = 0; i < 200_000; i++) {
            double x = (2 * random.nextDouble() - 1) * (i % 2 == 0 ? 700 : 3);
            assertWithin(3, Elementary.exp(x), StrictMath.exp(x), x);
            assertWithin(5, Elementary.tanh(x), StrictMath.tanh(x), x);
            double positive = Math.scalb(1 + random.nextDouble(), random.nextInt(2000) - 1000);
            assertWithin(3, Elementary.log(positive), StrictMath.log(positive), positive);
        }
    }

    private static void assertWithin(int units, double actual, double expected, double x) {
        if (!(Math.abs(actual - expected) <= units * Math.ulp(expected))) {
            throw new AssertionError("at " + x + ": " + actual + " instead of " + expected);
        }
    }

    @Test
    void nanGivesNan() {
        assertThat(new double[] {
                    Elementary.exp(Double.NaN),
                    Elementary.log(Double.NaN),
                    Elementary.tanh(Double.NaN),
                    Elementary.sigmoid(Double.NaN),
                    Elementary.softplus(Double.NaN),
                    Elementary.exp(Float.NaN),
                    Elementary.tanh(Float.NaN),
                    Elementary.sigmoid(Float.NaN)
                })
                .containsOnly(Double.NaN);
    }

    @Test
    void limitsAndZerosAreWhatTheyShouldBe() {
        double infinity = Double.POSITIVE_INFINITY;
        assertThat(Elementary.exp(0.0)).isEqualTo(1);
        assertThat(Elementary.exp(infinity)).isEqualTo(Elementary.exp(709.0)).isFinite();
        assertThat(Elementary.exp(-infinity)).isEqualTo(Elementary.exp(-708.0)).isGreaterThan(Double.MIN_NORMAL);
        assertThat(Elementary.log(1)).isZero();
        assertThat(Elementary.log(infinity)).isEqualTo(infinity);
        assertThat(Elementary.log(0.0)).isEqualTo(-infinity);
        assertThat(Elementary.log(Double.MIN_VALUE)).isEqualTo(-infinity);
        assertThat(Elementary.log(-1)).isNaN();
        assertThat(Elementary.tanh(0.0)).isZero();
        assertThat(Elementary.tanh(infinity)).isEqualTo(1);
        assertThat(Elementary.tanh(-infinity)).isEqualTo(-1);
        assertThat(Elementary.tanh(Double.MIN_VALUE)).isEqualTo(Double.MIN_VALUE);
        assertThat(Elementary.sigmoid(0.0)).isEqualTo(0.5);
        assertThat(Elementary.sigmoid(infinity)).isEqualTo(1);
        assertThat(Elementary.sigmoid(-infinity)).isBetween(0.0, 1e-307);
        assertThat(Elementary.softplus(infinity)).isEqualTo(infinity);
        assertThat(Elementary.softplus(-infinity)).isBetween(0.0, 1e-307);
        assertThat(Elementary.tanh(Float.POSITIVE_INFINITY)).isEqualTo(1);
        assertThat(Elementary.tanh(Float.NEGATIVE_INFINITY)).isEqualTo(-1);
        assertThat(Elementary.exp(Float.POSITIVE_INFINITY)).isFinite();
        assertThat(Elementary.exp(Float.NEGATIVE_INFINITY)).isGreaterThanOrEqualTo(Float.MIN_NORMAL);
    }
}
