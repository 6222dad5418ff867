package dev.millrace.bijection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.net.Activation;
import dev.millrace.net.FloatTensor;
import dev.millrace.net.Mlp;
import dev.millrace.net.MlpSettings;
import dev.millrace.net.States;
import dev.millrace.transformer.ScaledAdditive;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** ActNorm, Standardisation and Scaling, which take their first numbers from data. */
class DataDependentStartTest {

    private static final int ROWS = 500;

    /** For rows of 3 entries. */
    static Stream<Bijection> layers() {
        return Stream.of(ActNorm.create(3), Standardisation.create(3));
    }

    /** A column around zero, one far from zero with a small spread, and a large one. */
    private static double[] data() {
        double[] x = Run.numbers(ROWS * 3, 1);
        for (int i = 0; i < x.length; i += 3) {
            x[i + 1] = 1e6 + 1e-3 * x[i + 1];
            x[i + 2] = 1e9 * x[i + 2] - 1e7;
        }
        return x;
    }

    @ParameterizedTest
    @MethodSource("layers")
    void isTheIdentityBeforeItHasSeenData(Bijection layer) {
        double[] x = Run.numbers(30, 2);
        Run run = Run.forward(layer, x);
        assertThat(run.z).isEqualTo(x);
        assertThat(run.logDet).containsOnly(0);
    }

    /** The column far from zero has its spread in the last 7 of 16 digits. */
    @ParameterizedTest
    @MethodSource("layers")
    void dataGetsMeanZeroAndVarianceOne(Bijection layer) {
        layer.initialise(data(), ROWS);
        double[] z = Run.forward(layer, data()).z;
        for (int j = 0; j < 3; j++) {
            double sum = 0;
            double squares = 0;
            for (int i = j; i < z.length; i += 3) {
                sum += z[i];
                squares += z[i] * z[i];
            }
            assertThat(sum / ROWS).isCloseTo(0, within(1e-6));
            assertThat(squares / ROWS).isCloseTo(1, within(1e-6));
        }
    }

    /** A deviation of 0 says nothing about the scale; that a sum of a million equal numbers rounds must not show. */
    @ParameterizedTest
    @MethodSource("layers")
    void constantColumnIsOnlyCentred(Bijection layer) {
        double[] constants = {0.1, -1e200, 0};
        int rows = 1_000_000;
        double[] x = new double[rows * 3];
        Arrays.setAll(x, i -> constants[i % 3]);
        layer.initialise(x, rows);
        Run run = Run.forward(layer, constants);
        assertThat(run.z).containsOnly(0);
        assertThat(run.logDet).containsOnly(0);
    }

    @ParameterizedTest
    @MethodSource("layers")
    void singleRowIsOnlyCentred(Bijection layer) {
        double[] x = {1, -2, 3};
        layer.initialise(x, 1);
        assertThat(Run.forward(layer, x).z).containsOnly(0);
        assertThat(Run.forward(layer, new double[] {2, -1, 4}).z).containsOnly(1);
    }

    @ParameterizedTest
    @MethodSource("layers")
    void laterDataChangesNothing(Bijection layer) {
        layer.initialise(data(), ROWS);
        var before = States.values(layer.state());
        assertThat(before.get("initialised")).containsExactly(1);
        layer.initialise(Run.numbers(30, 2), 10);
        layer.copy().initialise(Run.numbers(30, 2), 10);
        assertThat(States.values(layer.state())).usingRecursiveComparison().isEqualTo(before);
    }

    @Test
    void untrainedScalingGivesVarianceOneAndMovesNothing() {
        Scaling scaling = Scaling.create(3);
        scaling.initialise(new double[] {0, 7, -5, 0.002, 7, 5}, 2);
        double[] z = Run.forward(scaling, new double[] {0.002, 7, 5}).z;
        assertThat(z).containsExactly(new double[] {2, 7, 1}, within(1e-12));
    }

    @Test
    void scaledAdditiveCouplingCentresAndLearnsInTheUnitOfItsEntries() {
        ScaledAdditive transformer = ScaledAdditive.create(2);
        Mlp network = Mlp.create(new MlpSettings(1, List.of(), 2, Activation.RELU), 1);
        Coupling coupling = Coupling.of(Partition.untouched(3, new int[] {0}), network, transformer);
        coupling.initialise(new double[] {5, 7, -4, 5, 7.004, -4}, 2);
        coupling.initialise(new double[] {5, 70, 9, 5, 0, 9}, 2);
        assertThat(Run.forward(coupling, new double[] {5, 7.004, -4}).z)
                .containsExactly(new double[] {5, 0.002, 0}, within(1e-12));

        ((FloatTensor) network.state().get("layer0.bias")).data()[0] = 3;
        ((FloatTensor) network.state().get("layer0.bias")).data()[1] = 3;
        coupling.parametersChanged();
        assertThat(Run.forward(coupling, new double[] {5, 7.004, -4}).z)
                .containsExactly(new double[] {5, 0.002 + 3 * 0.002, 3}, within(1e-12));
    }

    @Test
    void trainedScalingStaysAsItIs() {
        Scaling scaling = Scaling.create(2);
        scaling.initialise(new double[] {0, 7, 1, 7}, 2);
        var before = States.values(scaling.state());
        scaling.initialise(new double[] {0, 7, 9, 8}, 2);
        assertThat(States.values(scaling.state())).usingRecursiveComparison().isEqualTo(before);
    }

    /** Where squares of the numbers would be 0. */
    @ParameterizedTest
    @ValueSource(doubles = {1e-300, 1e-170, 1, 1e150})
    void columnsOfSmallNumbersAreStandardised(double size) {
        double[] x = {-size, size, 3 * size, -3 * size};
        Standardisation layer = Standardisation.create(1);
        layer.initialise(x, 4);
        double[] z = Run.forward(layer, x).z;
        double spread = Math.sqrt(5);
        assertThat(z).containsExactly(new double[] {-1 / spread, 1 / spread, 3 / spread, -3 / spread}, within(1e-12));
        assertThat(Run.forward(layer, x).logDet[0]).isCloseTo(-Math.log(spread) - Math.log(size), within(1e-9));
    }
}
