package dev.millrace.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.Flow;
import dev.millrace.Flows;
import dev.millrace.RealNvp;
import dev.millrace.Samples;
import dev.millrace.bijection.Composition;
import dev.millrace.bijection.Scaling;
import dev.millrace.distribution.DiagonalNormal;
import dev.millrace.net.Activation;
import dev.millrace.net.DoubleTensor;
import dev.millrace.net.FiniteDifferences;
import dev.millrace.net.FloatTensor;
import dev.millrace.net.States;
import dev.millrace.net.Tensor;
import dev.millrace.transformer.LogScale;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The gradient of a batch: from kept activations as from recomputed ones, and by finite differences. */
class GradientModeTest {

    /** Two whole blocks and a part of one. */
    private static final int ROWS = 2 * 64 + 9;

    static Stream<Flow> flows() {
        RealNvp flow = Flow.realNvp(5).couplings(5).hidden(9, 8);
        Flow coupled = flow.mixing(RealNvp.Mixing.LINEAR).build();
        return Stream.of(
                        coupled,
                        flow.mixing(RealNvp.Mixing.PERMUTE)
                                .activation(Activation.SILU)
                                .build(),
                        flow.normalisation(RealNvp.Normalisation.BATCH_NORM).build(),
                        flow.normalisation(RealNvp.Normalisation.BATCH_NORM)
                                .mixing(RealNvp.Mixing.LINEAR)
                                .standardised(false)
                                .logScale(LogScale.SIGMOID)
                                .build(),
                        Flow.nice(5).hidden(9, 8).build(),
                        wide(),
                        Flow.of(Composition.of(nested(coupled), Scaling.create(5)), DiagonalNormal.create(5)))
                .map(Flows::randomised);
    }

    /** More weights than a block goes through at once. */
    private static Flow wide() {
        return Flow.realNvp(5).couplings(4).hidden(200, 300).build();
    }

    private static Composition nested(Flow flow) {
        return new Composition(flow.copy().layers());
    }

    @ParameterizedTest
    @MethodSource("flows")
    void bothModesAgree(Flow flow) {
        Map<String, double[]> kept = gradients(flow, GradientMode.KEEP, ROWS);
        Map<String, double[]> recomputed = gradients(flow, GradientMode.RECOMPUTE, ROWS);
        assertThat(recomputed.keySet()).isEqualTo(kept.keySet());
        kept.forEach((name, expected) -> {
            double size = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
            assertThat(size).as(name).isPositive();
            // Rows come back to some 1e-14; only a float input on the edge of its rounding could differ by more.
            assertThat(recomputed.get(name)).as(name).containsExactly(expected, within(1e-9 * size));
        });
    }

    /** However many threads keep their rows between forward, backward and the halves of gradients. */
    @ParameterizedTest
    @MethodSource("flows")
    void threadsDoNotChangeABit(Flow flow) {
        for (int rows : new int[] {64, 65, ROWS, 5 * 64}) {
            RowSource source = RowSource.of(Samples.noise(rows, 5, 6), 5);
            Map<String, double[]> alone = new LinkedHashMap<>();
            for (int threads : new int[] {1, 2, 3, 5}) {
                Flow used = flow.copy();
                try (Team team = new Team(threads)) {
                    Backpropagation backpropagation = new Backpropagation(used, rows, GradientMode.KEEP, team);
                    backpropagation.run(source, 0, identity(rows), 0, rows / 2);
                    backpropagation.run(source, 0, identity(rows), 0, rows);
                }
                Map<String, double[]> gradients = States.gradients(used.state());
                alone.putAll(threads == 1 ? gradients : Map.of());
                assertEqual(gradients, alone);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("flows")
    void theSquaresThatAreLeftAreThoseOfTheGradient(Flow flow) {
        for (GradientMode mode : GradientMode.values()) {
            Flow used = flow.copy();
            try (Team team = new Team(2)) {
                RowSource source = RowSource.of(Samples.noise(ROWS, 5, 6), 5);
                new Backpropagation(used, ROWS, mode, team).run(source, 0, identity(ROWS), 0, ROWS);
            }
            Map<String, double[]> gradients = States.gradients(used.state());
            used.state().forEach((name, tensor) -> {
                boolean ofNetwork = tensor instanceof FloatTensor;
                assertThat(tensor.squaresOfGradient().isPresent() || !ofNetwork)
                        .as(name)
                        .isTrue();
                tensor.squaresOfGradient().ifPresent(parts -> {
                    double expected =
                            Arrays.stream(gradients.get(name)).map(g -> g * g).sum();
                    assertThat(Arrays.stream(parts).sum()).as(name).isCloseTo(expected, within(1e-5 * expected));
                });
            });
        }
    }

    @ParameterizedTest
    @MethodSource("flows")
    void theMeanLogLikelihoodIsThatOfTheFlow(Flow flow) {
        if (flow.state().keySet().stream().anyMatch(name -> name.contains("running"))) {
            return;
        }
        double[] rows = Samples.noise(ROWS, 5, 6);
        for (GradientMode mode : GradientMode.values()) {
            try (Team team = new Team(2)) {
                double mean = new Backpropagation(flow, ROWS, mode, team)
                        .run(RowSource.of(rows, 5), 0, identity(ROWS), 0, ROWS);
                assertThat(mean).isCloseTo(Training.meanLogProb(flow, rows), within(1e-12 * Math.abs(mean)));
            }
        }
    }

    @Test
    void aSmallerBatchUsesOnlyItsRows() {
        Flow flow = flows().findFirst().orElseThrow();
        for (GradientMode mode : GradientMode.values()) {
            Map<String, double[]> alone = gradients(flow, mode, 3);
            try (Team team = new Team(1)) {
                Backpropagation large = new Backpropagation(flow, ROWS, mode, team);
                RowSource rows = RowSource.of(Samples.noise(ROWS, 5, 6), 5);
                large.run(rows, 0, identity(ROWS), 0, ROWS);
                large.run(rows, 0, identity(ROWS), 0, 3);
                assertEqual(States.gradients(flow.state()), alone);
            }
        }
    }

    @Test
    void inDoubleTheGradientAgreesWithFiniteDifferences() {
        Flow flow = Flows.withoutNetworks();
        double[] rows = Samples.noise(20, 3, 2);
        try (Team team = new Team(1)) {
            Backpropagation backpropagation = new Backpropagation(flow, 20, GradientMode.KEEP, team);
            RowSource source = RowSource.of(rows, 3);
            Map<String, Tensor> state = flow.state();
            backpropagation.run(source, 0, identity(20), 0, 20);
            Map<String, double[]> gradients = States.gradients(state);
            assertThat(gradients).hasSize(8);
            gradients.forEach((name, gradient) -> {
                double[] values = ((DoubleTensor) state.get(name)).data();
                double[] expected = FiniteDifferences.gradient(values, () -> {
                    flow.parametersChanged();
                    return -backpropagation.run(source, 0, identity(20), 0, 20);
                });
                flow.parametersChanged();
                // As many digits as differences have.
                assertThat(gradient).as(name).containsExactly(expected, within(1e-7));
            });
        }
    }

    private static Map<String, double[]> gradients(Flow flow, GradientMode mode, int rows) {
        try (Team team = new Team(2)) {
            RowSource source = RowSource.of(Samples.noise(ROWS, 5, 6), 5);
            // Running statistics, which a step changes, begin from the same values.
            Flow used = flow.copy();
            new Backpropagation(used, rows, mode, team).run(source, 0, identity(ROWS), 0, rows);
            return new LinkedHashMap<>(States.gradients(used.state()));
        }
    }

    private static void assertEqual(Map<String, double[]> actual, Map<String, double[]> expected) {
        expected.forEach((name, values) -> assertThat(actual.get(name)).as(name).isEqualTo(values));
    }

    private static int[] identity(int n) {
        int[] order = new int[n];
        Arrays.setAll(order, i -> i);
        return order;
    }
}
