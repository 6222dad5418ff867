package dev.millrace.bijection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.millrace.kernel.Memory;
import dev.millrace.net.FiniteDifferences;
import dev.millrace.net.FloatTensor;
import dev.millrace.net.States;
import dev.millrace.transformer.MappedRow;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Bijections against their formula in double, and gradients against its finite differences. */
@ParameterizedClass
@MethodSource("dev.millrace.bijection.Bijections#differentiable")
class BijectionGradientTest {

    private static final int ROWS = 6;

    private final Bijections.Row row;
    private final Bijection bijection;
    private final int dimension;
    private final double[] x;
    private final double[] dz;
    private final double[] dLogDet;

    BijectionGradientTest(Bijections.Row row) {
        this.row = row;
        this.bijection = row.bijection();
        this.dimension = bijection.dimension();
        this.x = Run.rows(row.from(), ROWS, dimension, 4);
        this.dz = Run.numbers(x.length, 5);
        this.dLogDet = Run.numbers(ROWS, 6);
    }

    /** Numbers are of size 10; networks compute them with 7 digits. */
    @Test
    void forwardIsTheFormula() {
        double tolerance = row.usesFloats() ? 1e-5 : 1e-13;
        Run run = Run.forward(bijection, x);
        Map<String, double[]> state = States.values(bijection.state());
        for (int i = 0; i < ROWS; i++) {
            MappedRow expected = row.reference().map(state, "", part(x, i));
            assertThat(part(run.z, i)).containsExactly(expected.z(), within(tolerance));
            assertThat(run.logDet[i]).isCloseTo(expected.logDet(), within(tolerance));
        }
    }

    /** Differences of numbers of size 10 have 8 digits. */
    @Test
    void backwardIsTheDerivativeOfTheFormula() {
        double tolerance = row.usesFloats() ? 1e-4 : 1e-6;
        Run run = Run.forward(bijection, x);
        double[] dx = run.backward(dz, dLogDet);
        Run.setGradient(bijection, run);
        Map<String, double[]> state = States.values(bijection.state());
        for (int i = 0; i < ROWS; i++) {
            int current = i;
            double[] point = part(x, i);
            assertThat(part(dx, i))
                    .containsExactly(
                            FiniteDifferences.gradient(point, () -> loss(state, current, point)), within(tolerance));
        }
        States.gradients(bijection.state()).forEach((name, gradient) -> {
            double[] expected = FiniteDifferences.gradient(state.get(name), () -> IntStream.range(0, ROWS)
                    .mapToDouble(i -> loss(state, i, part(x, i)))
                    .sum());
            assertThat(gradient).as(name).containsExactly(expected, within(tolerance));
        });
    }

    private double loss(Map<String, double[]> state, int i, double[] point) {
        MappedRow mapped = row.reference().map(state, "", point);
        double loss = dLogDet[i] * mapped.logDet();
        for (int j = 0; j < dimension; j++) {
            loss += dz[i * dimension + j] * mapped.z()[j];
        }
        return loss;
    }

    private double[] part(double[] rows, int i) {
        return Arrays.copyOfRange(rows, i * dimension, (i + 1) * dimension);
    }

    @Test
    void backwardFromZAloneIsTheSame() {
        Run forward = Run.forward(bijection, x);
        double[] dx = forward.backward(dz, dLogDet);
        Run.setGradient(bijection, forward);
        Map<String, double[]> gradients = States.gradients(bijection.state());

        Run inverse = Run.inverse(bijection, forward.z);
        assertThat(inverse.backward(dz, dLogDet)).containsExactly(dx, within(1e-9));
        Run.setGradient(bijection, inverse);
        States.gradients(bijection.state())
                .forEach((name, gradient) ->
                        assertThat(gradient).as(name).containsExactly(gradients.get(name), within(1e-9)));
    }

    /** To the bit in networks; sums of double are added by blocks and may round differently. */
    @Test
    void gradientDoesNotDependOnBlocks() {
        Run whole = Run.forward(bijection, x);
        double[] dx = whole.backward(dz, dLogDet);
        Run.setGradient(bijection, whole);
        Map<String, double[]> gradients = States.gradients(bijection.state());

        int[] ends = {0, 1, 1, 4, ROWS, ROWS};
        Run[] blocks = new Run[ends.length];
        for (int b = 0, from = 0; b < ends.length; from = ends[b++]) {
            blocks[b] = Run.forward(bijection, Arrays.copyOfRange(x, from * dimension, ends[b] * dimension));
            double[] part = blocks[b].backward(
                    Arrays.copyOfRange(dz, from * dimension, ends[b] * dimension),
                    Arrays.copyOfRange(dLogDet, from, ends[b]));
            assertThat(part).isEqualTo(Arrays.copyOfRange(dx, from * dimension, ends[b] * dimension));
        }
        Run.setGradient(bijection, blocks);
        States.gradients(bijection.state()).forEach((name, gradient) -> {
            boolean exactly = bijection.state().get(name) instanceof FloatTensor;
            assertThat(gradient).as(name).containsExactly(gradients.get(name), within(exactly ? 0 : 1e-13));
        });
    }

    /** Activations are kept; what only the backward pass needs may belong to the layer but one. */
    @Test
    void layersMayShareTheArraysOfTheBackwardPass() {
        assumeFalse(bijection instanceof Composition, "the layers of a composition go backward together");
        Run alone = Run.forward(bijection, x);
        double[] dx = alone.backward(dz, dLogDet);
        Run.setGradient(bijection, alone);
        Map<String, double[]> gradients = States.gradients(bijection.state());

        Memory memory = Memory.keepingActivations(2);
        Run first = Run.forward(bijection, x, bijection.pass(ROWS, memory));
        memory.nextLayer();
        memory.nextLayer();
        Run second = Run.forward(bijection, Run.rows(row.from(), ROWS, dimension, 7), bijection.pass(ROWS, memory));
        second.backward(dz, dLogDet);
        assertThat(first.backward(dz, dLogDet)).isEqualTo(dx);
        Run.setGradient(bijection, first);
        assertThat(States.gradients(bijection.state()))
                .usingRecursiveComparison()
                .isEqualTo(gradients);
    }

    /** Nothing is kept; the layer's rows are recomputed right before it goes backward. */
    @Test
    void layersMayShareAllArraysIfTheyAreRecomputed() {
        assumeFalse(bijection instanceof Composition, "the layers of a composition go backward together");
        double[] z = Run.forward(bijection, x).z;
        Run alone = Run.inverse(bijection, z);
        double[] dx = alone.backward(dz, dLogDet);
        Run.setGradient(bijection, alone);
        Map<String, double[]> gradients = States.gradients(bijection.state());

        Memory memory = Memory.shared();
        Bijection.Pass pass = bijection.pass(ROWS, memory);
        memory.nextLayer();
        double[] other = Run.rows(row.from(), ROWS, dimension, 7);
        Run.forward(bijection, other, bijection.pass(ROWS, memory)).backward(dz, dLogDet);
        Run recomputed = Run.inverse(bijection, z, pass);
        assertThat(recomputed.backward(dz, dLogDet)).isEqualTo(dx);
        Run.setGradient(bijection, recomputed);
        assertThat(States.gradients(bijection.state()))
                .usingRecursiveComparison()
                .isEqualTo(gradients);
    }

    @Test
    void inputsOfBackwardAreUnchanged() {
        double[] z = dz.clone();
        double[] logDet = dLogDet.clone();
        double[] given = x.clone();
        Run.forward(bijection, given).backward(z, logDet);
        assertThat(List.of(given, z, logDet)).usingRecursiveComparison().isEqualTo(List.of(x, dz, dLogDet));
    }

    @Test
    void gradientIsSetNotAdded() {
        Run run = Run.forward(bijection, x);
        run.backward(dz, dLogDet);
        Run.setGradient(bijection, run);
        Map<String, double[]> gradients = States.gradients(bijection.state());
        run.backward(dz, dLogDet);
        Run.setGradient(bijection, run);
        assertThat(States.gradients(bijection.state()))
                .usingRecursiveComparison()
                .isEqualTo(gradients);
    }
}
