package dev.millrace.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.kernel.SplitMix;
import dev.millrace.net.DoubleTensor;
import dev.millrace.net.FloatTensor;
import dev.millrace.net.States;
import dev.millrace.net.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Steps against the same rules written down in double. */
class OptimizerTest {

    private static final int STEPS = 12;
    private static final double RATE = 0.05;

    static Stream<Arguments> rules() {
        return Stream.of(
                Arguments.of(new OptimizerSettings.Adam(), Double.POSITIVE_INFINITY),
                Arguments.of(new OptimizerSettings.Adam(0.8, 0.9, 1e-3, 0.5), 1.5),
                Arguments.of(OptimizerSettings.Adam.withWeightDecay(2), 1e6),
                Arguments.of(new OptimizerSettings.Sgd(0, 0), Double.POSITIVE_INFINITY),
                Arguments.of(new OptimizerSettings.Sgd(0.9, 0.7), 0.1));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void stepsFollowTheRule(OptimizerSettings rule, double clipNorm) {
        Map<String, Tensor> state = state();
        Reference reference = new Reference(States.values(state));
        try (Team team = new Team(1)) {
            Optimizer optimizer = new Optimizer(rule, clipNorm, state, team);
            for (int step = 1; step <= STEPS; step++) {
                setGradients(state, step);
                double norm = optimizer.step(RATE * step);
                Map<String, double[]> gradients = States.gradients(state);
                double expectedNorm = Reference.norm(gradients);
                assertThat(norm).isCloseTo(expectedNorm, within(1e-12 * expectedNorm));
                reference.step(rule, gradients, RATE * step, clipNorm, step);
            }
            assertThat(optimizer.steps()).isEqualTo(STEPS);
        }
        States.values(state).forEach((name, actual) -> {
            // Floats round to 6e-8 a step.
            double tolerance = state.get(name) instanceof FloatTensor ? 1e-5 : 1e-13;
            assertThat(largestDifference(actual, reference.values.get(name)))
                    .as(name)
                    .isLessThan(tolerance);
        });
    }

    private static double largestDifference(double[] actual, double[] expected) {
        double largest = 0;
        for (int i = 0; i < expected.length; i++) {
            largest = Math.max(largest, Math.abs(actual[i] - expected[i]));
        }
        return largest;
    }

    @ParameterizedTest
    @MethodSource("rules")
    void leavesNoSubnormalMeansWhereGradientsHaveBecomeZero(OptimizerSettings rule, double clipNorm) {
        FloatTensor weight = FloatTensor.matrix(3, 5);
        try (Team team = new Team(1)) {
            Optimizer optimizer = new Optimizer(rule, clipNorm, Map.of("weight", weight), team);
            fillGradient(weight, 0.1f);
            optimizer.step(RATE);
            fillGradient(weight, 0);
            // Adam's means of squares, the slowest, are below any float after 100,000 steps.
            for (int step = 0; step < 110_000; step++) {
                optimizer.step(RATE);
            }
            Optimizer.Slot slot = optimizer.slots().get(0);
            for (Tensor mean : List.of(slot.first(), slot.second())) {
                for (float value : ((FloatTensor) mean).data()) {
                    assertThat(value == 0 || Math.abs(value) >= Float.MIN_NORMAL)
                            .as("%s", value)
                            .isTrue();
                }
            }
        }
    }

    private static void fillGradient(FloatTensor tensor, float value) {
        for (int row = 0; row < tensor.rows(); row++) {
            int at = row * tensor.stride();
            Arrays.fill(tensor.gradient(), at, at + tensor.columns(), value);
        }
    }

    @ParameterizedTest
    @MethodSource("rules")
    void threadsDoNotChangeABit(OptimizerSettings rule, double clipNorm) {
        Map<String, double[]> alone = afterSteps(rule, clipNorm, 1);
        for (int threads = 2; threads <= 3; threads++) {
            Map<String, double[]> together = afterSteps(rule, clipNorm, threads);
            alone.forEach((name, values) -> assertThat(together.get(name)).isEqualTo(values));
        }
    }

    private static Map<String, double[]> afterSteps(OptimizerSettings rule, double clipNorm, int threads) {
        Map<String, Tensor> state = state();
        try (Team team = new Team(threads)) {
            Optimizer optimizer = new Optimizer(rule, clipNorm, state, team);
            for (int step = 1; step <= 3; step++) {
                setGradients(state, step);
                optimizer.step(RATE);
            }
        }
        return States.values(state);
    }

    @Test
    void weightDecayShrinksMatricesOnly() {
        Map<String, Tensor> state = state();
        Map<String, double[]> before = States.values(state);
        try (Team team = new Team(1)) {
            new Optimizer(new OptimizerSettings.Sgd(0, 0.5), 1, state, team).step(0.1);
        }
        Map<String, double[]> after = States.values(state);
        for (int i = 0; i < before.get("matrix").length; i++) {
            assertThat(after.get("matrix")[i]).isCloseTo(0.95 * before.get("matrix")[i], within(1e-7));
        }
        for (String name : new String[] {"vector", "double", "square", "buffer"}) {
            assertThat(after.get(name)).as(name).isEqualTo(before.get(name));
        }
    }

    @ParameterizedTest
    @MethodSource("rules")
    void aPacedParameterTakesStepsLongerByItsPace(OptimizerSettings rule, double clipNorm) {
        Map<String, Tensor> state = new LinkedHashMap<>();
        state.put("usual", DoubleTensor.parameter(0));
        state.put("paced", DoubleTensor.parameterAtPace(4, 0));
        try (Team team = new Team(1)) {
            Optimizer optimizer = new Optimizer(rule, clipNorm, state, team);
            for (int step = 0; step < 3; step++) {
                state.values().forEach(tensor -> ((DoubleTensor) tensor).gradient()[0] = 0.7);
                optimizer.step(RATE);
            }
        }
        double usual = States.values(state).get("usual")[0];
        assertThat(usual).isNegative();
        assertThat(States.values(state).get("paced")[0]).isCloseTo(4 * usual, within(1e-15));
    }

    @Test
    void aGradientThatIsNotFiniteIsNamedAndChangesNothing() {
        for (String name : new String[] {"matrix", "vector", "double", "square"}) {
            for (double value : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
                Map<String, Tensor> state = state();
                Map<String, double[]> before = States.values(state);
                try (Team team = new Team(1)) {
                    Optimizer optimizer = new Optimizer(new OptimizerSettings.Adam(), 1, state, team);
                    setGradients(state, 1);
                    if (state.get(name) instanceof FloatTensor floats) {
                        floats.gradient()[floats.gradient().length - floats.stride()] = (float) value;
                    } else {
                        ((DoubleTensor) state.get(name)).gradient()[1] = value;
                    }
                    assertThat(optimizer.step(RATE)).isNotFinite();
                    assertThat(optimizer.firstNonFinite()).isEqualTo(name);
                    assertThat(optimizer.steps()).isZero();
                }
                States.values(state)
                        .forEach((other, values) -> assertThat(values).isEqualTo(before.get(other)));
            }
        }
    }

    /** Two parts of the parameter's gradient, whose squares their sum leaves; the other one's are left to the optimiser. */
    @Test
    void squaresThatAreLeftBelongToTheNorm() {
        DoubleTensor summed = DoubleTensor.parameter(1, 2);
        DoubleTensor set = DoubleTensor.parameter(3);
        Map<String, Tensor> state = new LinkedHashMap<>();
        state.put("set", set);
        state.put("summed", summed);
        double[] part = {1, 2};
        Runnable sum = summed.gradientFrom(List.of(part, new double[] {2, 2}));
        try (Team team = new Team(1)) {
            Optimizer optimizer = new Optimizer(new OptimizerSettings.Sgd(0, 0), 1, state, team);
            for (double gradient : new double[] {12, 0}) {
                set.gradient()[0] = gradient;
                sum.run();
                assertThat(optimizer.step(RATE)).isEqualTo(gradient == 12 ? 13 : 5);
            }
            part[1] = Double.POSITIVE_INFINITY;
            sum.run();
            assertThat(optimizer.step(RATE)).isNotFinite();
            assertThat(optimizer.firstNonFinite()).isEqualTo("summed");
        }
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        for (double bad : new double[] {-0.1, 1, Double.NaN}) {
            assertThatIllegalArgumentException().isThrownBy(() -> new OptimizerSettings.Adam(bad, 0.9, 1e-8, 0));
            assertThatIllegalArgumentException().isThrownBy(() -> new OptimizerSettings.Adam(0.9, bad, 1e-8, 0));
            assertThatIllegalArgumentException().isThrownBy(() -> new OptimizerSettings.Sgd(bad, 0));
        }
        for (double bad : new double[] {-0.1, Double.NaN}) {
            assertThatIllegalArgumentException().isThrownBy(() -> new OptimizerSettings.Adam(0.9, 0.9, bad, 0));
            assertThatIllegalArgumentException().isThrownBy(() -> new OptimizerSettings.Adam(0.9, 0.9, 1e-8, bad));
            assertThatIllegalArgumentException().isThrownBy(() -> new OptimizerSettings.Sgd(0.9, bad));
        }
    }

    /** Every kind of tensor; the matrix is more than one piece of work. */
    private static Map<String, Tensor> state() {
        Map<String, Tensor> state = new LinkedHashMap<>();
        state.put("matrix", FloatTensor.matrix(150, 130));
        state.put("vector", FloatTensor.vector(5));
        state.put("double", DoubleTensor.parameter(1, 2, 3, 4, 5));
        state.put("square", DoubleTensor.squareParameter(3));
        state.put("buffer", DoubleTensor.buffer(1, 2));
        States.randomise(state, 5);
        return state;
    }

    private static void setGradients(Map<String, Tensor> state, int step) {
        SplitMix random = new SplitMix(step);
        state.values().forEach(tensor -> {
            if (tensor instanceof FloatTensor floats) {
                for (int i = 0; i < floats.gradient().length; i++) {
                    boolean padding = i % floats.stride() >= floats.columns();
                    floats.gradient()[i] = padding ? 0 : (float) random.nextDouble() - 0.3f;
                }
            } else if (tensor.trainable()) {
                double[] gradient = ((DoubleTensor) tensor).gradient();
                for (int i = 0; i < gradient.length; i++) {
                    gradient[i] = random.nextDouble() - 0.3;
                }
            }
        });
    }

    /** Algorithm 1 of arXiv 1412.6980 with decoupled decay, and momentum, as they are written there. */
    private static final class Reference {

        private final Map<String, double[]> values;
        private final Map<String, double[]> first = new LinkedHashMap<>();
        private final Map<String, double[]> second = new LinkedHashMap<>();

        Reference(Map<String, double[]> values) {
            this.values = values;
            values.forEach((name, array) -> {
                first.put(name, new double[array.length]);
                second.put(name, new double[array.length]);
            });
        }

        static double norm(Map<String, double[]> gradients) {
            double sum = 0;
            for (double[] gradient : gradients.values()) {
                for (double g : gradient) {
                    sum += g * g;
                }
            }
            return Math.sqrt(sum);
        }

        void step(OptimizerSettings rule, Map<String, double[]> gradients, double rate, double clipNorm, int step) {
            double clip = Math.min(1, clipNorm / norm(gradients));
            gradients.forEach((name, gradient) -> {
                for (int i = 0; i < gradient.length; i++) {
                    double p = values.get(name)[i];
                    if (name.equals("matrix")) {
                        p -= rate * rule.weightDecay() * p;
                    }
                    values.get(name)[i] = p - rate * direction(rule, name, i, gradient[i] * clip, step);
                }
            });
        }

        private double direction(OptimizerSettings rule, String name, int i, double g, int step) {
            double[] m = first.get(name);
            double[] v = second.get(name);
            if (rule instanceof OptimizerSettings.Adam adam) {
                m[i] = adam.beta1() * m[i] + (1 - adam.beta1()) * g;
                v[i] = adam.beta2() * v[i] + (1 - adam.beta2()) * g * g;
                double mean = m[i] / (1 - Math.pow(adam.beta1(), step));
                double square = v[i] / (1 - Math.pow(adam.beta2(), step));
                return mean / (Math.sqrt(square) + adam.epsilon());
            }
            m[i] = ((OptimizerSettings.Sgd) rule).momentum() * m[i] + g;
            return m[i];
        }
    }
}
