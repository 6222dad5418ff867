package dev.millrace.distribution;

import static org.junit.jupiter.api.Named.named;

import dev.millrace.net.States;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;

/** The table of distributions that the generic tests go over, with their formulas written down independently. */
final class Distributions {

    private Distributions() {}

    /** Constructors by dimension, with random parameters. */
    static Stream<Named<IntFunction<Distribution>>> all() {
        return Stream.of(
                named("standard normal", StandardNormal::new),
                named("standard logistic", StandardLogistic::new),
                named("diagonal normal", Distributions::diagonalNormal));
    }

    private static DiagonalNormal diagonalNormal(int dimension) {
        DiagonalNormal normal = DiagonalNormal.create(dimension);
        States.randomise(normal.state(), 3);
        normal.parametersChanged();
        return normal;
    }

    /** A row's log-density by the formula, with the functions of {@link StrictMath}. */
    static double logDensity(Distribution distribution, Map<String, double[]> state, double[] z) {
        double sum = 0;
        for (int j = 0; j < z.length; j++) {
            sum += distribution instanceof StandardLogistic
                    ? -z[j] - 2 * StrictMath.log1p(StrictMath.exp(-z[j]))
                    : logNormal(z[j], mean(state, j), deviation(state, j));
        }
        return sum;
    }

    private static double logNormal(double z, double mean, double deviation) {
        double u = (z - mean) / deviation;
        return StrictMath.log(StrictMath.exp(-u * u / 2) / (deviation * StrictMath.sqrt(2 * Math.PI)));
    }

    /** The distribution function of one entry. */
    static double cumulative(Distribution distribution, int entry, double z) {
        if (distribution instanceof StandardLogistic) {
            return 1 / (1 + StrictMath.exp(-z));
        }
        Map<String, double[]> state = States.values(distribution.state());
        return normal((z - mean(state, entry)) / deviation(state, entry));
    }

    /** The variance of one entry. */
    static double variance(Distribution distribution, int entry) {
        double deviation = distribution instanceof StandardLogistic
                ? Math.PI / StrictMath.sqrt(3)
                : deviation(States.values(distribution.state()), entry);
        return deviation * deviation;
    }

    static double mean(Map<String, double[]> state, int entry) {
        return state.isEmpty() ? 0 : state.get("mean")[entry];
    }

    private static double deviation(Map<String, double[]> state, int entry) {
        return state.isEmpty() ? 1 : StrictMath.exp(state.get("logDeviation")[entry]);
    }

    /** Φ(x) = ½ + φ(x)·(x + x³/3 + x⁵/(3·5) + …). */
    static double normal(double x) {
        double term = x;
        double sum = x;
        for (int i = 3; Math.abs(term) > 1e-17 * Math.abs(sum); i += 2) {
            term *= x * x / i;
            sum += term;
        }
        return 0.5 + sum * StrictMath.exp(-x * x / 2) / StrictMath.sqrt(2 * Math.PI);
    }
}
