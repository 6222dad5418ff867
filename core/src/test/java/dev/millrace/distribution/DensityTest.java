package dev.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.kernel.Memory;
import dev.millrace.kernel.SplitMix;
import dev.millrace.net.FiniteDifferences;
import dev.millrace.net.States;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DensityTest {

    private static final int ROWS = 8;
    private static final int DIMENSION = 3;

    private static double[] numbers(int n, double size, long seed) {
        SplitMix random = new SplitMix(seed);
        double[] numbers = new double[n];
        Arrays.setAll(numbers, i -> size * (2 * random.nextDouble() - 1));
        return numbers;
    }

    private static double[] logDensity(Distribution distribution, double[] z) {
        int rows = z.length / distribution.dimension();
        double[] logDensity = new double[rows];
        distribution.pass(rows, Memory.kept()).logDensity(rows, z, logDensity);
        return logDensity;
    }

    @ParameterizedTest
    @MethodSource("dev.millrace.distribution.Distributions#all")
    void logDensityIsTheFormula(IntFunction<Distribution> constructor) {
        Distribution distribution = constructor.apply(DIMENSION);
        double[] z = numbers(ROWS * DIMENSION, 5, 1);
        double[] actual = logDensity(distribution, z);
        Map<String, double[]> state = States.values(distribution.state());
        for (int row = 0; row < ROWS; row++) {
            double[] point = Arrays.copyOfRange(z, row * DIMENSION, (row + 1) * DIMENSION);
            assertThat(actual[row]).isCloseTo(Distributions.logDensity(distribution, state, point), within(1e-12));
        }
    }

    @ParameterizedTest
    @MethodSource("dev.millrace.distribution.Distributions#all")
    void quantilesInvertTheDistributionFunction(IntFunction<Distribution> constructor) {
        Distribution distribution = constructor.apply(DIMENSION);
        for (int entry = 0; entry < DIMENSION; entry++) {
            for (double p : new double[] {1e-4, 0.025, 0.3, 0.5, 0.8, 0.999}) {
                double quantile = distribution.quantile(entry, p);
                assertThat(Distributions.cumulative(distribution, entry, quantile))
                        .isCloseTo(p, within(1e-12));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.millrace.distribution.Distributions#all")
    void logDensityIsAddedToWhatIsThere(IntFunction<Distribution> constructor) {
        Distribution distribution = constructor.apply(DIMENSION);
        double[] z = numbers(DIMENSION, 5, 1);
        double[] sum = {8};
        distribution.pass(1, Memory.kept()).logDensity(1, z, sum);
        assertThat(sum[0]).isCloseTo(8 + logDensity(distribution, z)[0], within(1e-14));
    }

    /** The trapezoidal rule on a smooth function that falls to 1e-17 at both ends is exact but for rounding. */
    @ParameterizedTest
    @MethodSource("dev.millrace.distribution.Distributions#all")
    void densityIntegratesToOne(IntFunction<Distribution> constructor) {
        double step = 0.25;
        int points = 321;
        double[] line = new double[points];
        Arrays.setAll(line, i -> (i - points / 2) * step);
        assertThat(integral(constructor.apply(1), line) * step).isCloseTo(1, within(1e-12));
        double[] plane = new double[2 * points * points];
        Arrays.setAll(plane, i -> i % 2 == 0 ? line[i / 2 / points] : line[i / 2 % points]);
        assertThat(integral(constructor.apply(2), plane) * step * step).isCloseTo(1, within(1e-12));
    }

    private static double integral(Distribution distribution, double[] z) {
        return Arrays.stream(logDensity(distribution, z)).map(StrictMath::exp).sum();
    }

    @ParameterizedTest
    @MethodSource("dev.millrace.distribution.Distributions#all")
    void backwardIsTheDerivativeOfTheFormula(IntFunction<Distribution> constructor) {
        Distribution distribution = constructor.apply(DIMENSION);
        double[] z = numbers(ROWS * DIMENSION, 3, 1);
        double[] dLogDensity = numbers(ROWS, 1, 2);
        int[] ends = {3, 3, ROWS};
        Distribution.Pass[] passes = new Distribution.Pass[ends.length];
        double[] dz = new double[z.length];
        for (int b = 0, from = 0; b < ends.length; from = ends[b++]) {
            int rows = ends[b] - from;
            passes[b] = distribution.pass(ROWS, Memory.kept());
            double[] part = new double[rows * DIMENSION];
            passes[b].backward(
                    rows,
                    Arrays.copyOfRange(z, from * DIMENSION, ends[b] * DIMENSION),
                    Arrays.copyOfRange(dLogDensity, from, ends[b]),
                    part);
            System.arraycopy(part, 0, dz, from * DIMENSION, part.length);
        }
        distribution.gradientTasks(List.of(passes)).forEach(Runnable::run);

        Map<String, double[]> state = States.values(distribution.state());
        assertThat(dz)
                .containsExactly(
                        FiniteDifferences.gradient(z, () -> loss(distribution, state, z, dLogDensity)), within(1e-7));
        States.gradients(distribution.state()).forEach((name, gradient) -> assertThat(gradient)
                .as(name)
                .containsExactly(
                        FiniteDifferences.gradient(state.get(name), () -> loss(distribution, state, z, dLogDensity)),
                        within(1e-7)));
    }

    private static double loss(
            Distribution distribution, Map<String, double[]> state, double[] z, double[] dLogDensity) {
        double loss = 0;
        for (int row = 0; row < ROWS; row++) {
            double[] point = Arrays.copyOfRange(z, row * DIMENSION, (row + 1) * DIMENSION);
            loss += dLogDensity[row] * Distributions.logDensity(distribution, state, point);
        }
        return loss;
    }

    @ParameterizedTest
    @MethodSource("dev.millrace.distribution.Distributions#all")
    void extremeNumbersStayFinite(IntFunction<Distribution> constructor) {
        double[] z = {1e-300, -1e30, 1e150};
        Distribution distribution = constructor.apply(3);
        assertThat(logDensity(distribution, z)[0]).isFinite();
        double[] dz = new double[3];
        distribution.pass(1, Memory.kept()).backward(1, z, new double[] {1}, dz);
        assertThat(Arrays.stream(dz)).allMatch(Double::isFinite);
    }

    @ParameterizedTest
    @MethodSource("dev.millrace.distribution.Distributions#all")
    void copySharesNothing(IntFunction<Distribution> constructor) {
        Distribution distribution = constructor.apply(DIMENSION);
        double[] z = numbers(ROWS * DIMENSION, 3, 1);
        double[] before = logDensity(distribution, z);
        Distribution copy = distribution.copy();
        assertThat(logDensity(copy, z)).isEqualTo(before);
        States.randomise(copy.state(), 9);
        copy.parametersChanged();
        assertThat(Arrays.equals(logDensity(copy, z), before))
                .isEqualTo(distribution.state().isEmpty());
        assertThat(logDensity(distribution, z)).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("dev.millrace.distribution.Distributions#all")
    void noDimensionIsAnError(IntFunction<Distribution> constructor) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> constructor.apply(0))
                .withMessageContaining("not 0");
    }
}
