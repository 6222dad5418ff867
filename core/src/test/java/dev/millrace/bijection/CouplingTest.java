package dev.millrace.bijection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.Textures;
import dev.millrace.net.Activation;
import dev.millrace.net.Mlp;
import dev.millrace.net.MlpSettings;
import dev.millrace.net.States;
import dev.millrace.transformer.Additive;
import dev.millrace.transformer.Affine;
import dev.millrace.transformer.LogScale;
import dev.millrace.transformer.RationalQuadratic;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CouplingTest {

    private static final int ROWS = 9;

    static Stream<Coupling> couplings() {
        return Bijections.couplings().map(row -> (Coupling) row.bijection());
    }

    @ParameterizedTest
    @MethodSource("couplings")
    void beginsAsTheIdentity(Coupling coupling) {
        double[] x = Run.numbers(ROWS * coupling.dimension(), 1);
        Run run = Run.forward(coupling, x);
        // A spline's derivatives are 1 up to the rounding of softplus.
        double tolerance = coupling.transformer() instanceof RationalQuadratic ? 1e-14 : 0;
        assertThat(run.z).containsExactly(x, within(tolerance));
        assertThat(run.logDet).containsExactly(new double[ROWS], within(tolerance));
        assertThat(Run.inverse(coupling, x).x).containsExactly(x, within(tolerance));
    }

    static Stream<Coupling> conditioned() {
        return couplings().filter(coupling -> coupling.partition().untouched().length > 0);
    }

    /** The conditioner does not see how far away such an entry is, so only its own pass through counts. */
    @ParameterizedTest
    @MethodSource("conditioned")
    void anEntryThatIsLimitedHasNoGradientThroughTheConditioner(Coupling coupling) {
        Bijections.randomise(coupling, 3);
        int far = coupling.partition().untouched()[0];
        double[] x = Run.numbers(coupling.dimension(), 1);
        x[far] = 2e12;
        double[] dz = new double[coupling.dimension()];
        for (int j : coupling.partition().transformed()) {
            dz[j] = 1;
        }
        double[] one = {1};
        assertThat(Run.forward(coupling, x).backward(dz, one)[far]).isZero();
        x[far] = 0.5;
        assertThat(Run.forward(coupling, x).backward(dz, one)[far]).isNotZero();
    }

    @ParameterizedTest
    @MethodSource("couplings")
    void untouchedHalfPassesToTheBit(Coupling coupling) {
        Bijections.randomise(coupling, 3);
        double[] x = Run.numbers(ROWS * coupling.dimension(), 1);
        x[0] = Double.MIN_VALUE;
        Run forward = Run.forward(coupling, x);
        Run inverse = Run.inverse(coupling, forward.z);
        for (int row = 0; row < ROWS; row++) {
            for (int j : coupling.partition().untouched()) {
                int at = row * coupling.dimension() + j;
                assertThat(forward.z[at]).isEqualTo(x[at]);
                assertThat(inverse.x[at]).isEqualTo(x[at]);
            }
            for (int j : coupling.partition().transformed()) {
                int at = row * coupling.dimension() + j;
                assertThat(forward.z[at]).isNotEqualTo(x[at]);
            }
        }
    }

    /** A network must not hide what a flow has to report. */
    @ParameterizedTest
    @MethodSource("couplings")
    void nanIsNotSwallowed(Coupling coupling) {
        Bijections.randomise(coupling, 3);
        double[] x = Run.numbers(coupling.dimension(), 1);
        int[] a = coupling.partition().untouched();
        x[a.length == 0 ? 0 : a[0]] = Double.NaN;
        for (double[] image : new double[][] {Run.forward(coupling, x).z, Run.inverse(coupling, x).x}) {
            for (int j : coupling.partition().transformed()) {
                assertThat(image[j]).isNaN();
            }
        }
    }

    private static Mlp network(int inputs, int outputs) {
        return Mlp.create(new MlpSettings(inputs, List.of(4), outputs, Activation.RELU), 1);
    }

    @Test
    void partsThatDoNotFitAreErrors() {
        Partition partition = Partition.firstHalf(5);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Coupling.of(partition, network(3, 2), new Additive(3)))
                .withMessageContaining("transforms 2 entries, but the transformer takes 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Coupling.of(partition, network(2, 2), new Additive(2)))
                .withMessageContaining("must take 3 entries and give 2 parameters, but it takes 2 and gives 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Coupling.of(partition, network(3, 2), Affine.create(2, LogScale.TANH)))
                .withMessageContaining("give 4 parameters");
    }

    /** Over all pixels, of which those that are transformed count as zero there. */
    @Test
    void theConditionerBeginsFromTheUntouchedEntriesOfTheData() {
        Coupling coupling =
                (Coupling) Textures.checkerboards(1, 3, 3, 3, 1).layers().get(0);
        double[] x = Textures.waves(20, 3, 1);
        double sum = 0;
        for (int row = 0; row < 20; row++) {
            for (int index : coupling.partition().untouched()) {
                sum += (float) x[9 * row + index];
            }
        }
        coupling.initialise(x, 20);
        assertThat(States.values(coupling.state()).get("conditioner.input.norm.runningMean")[0])
                .isCloseTo(sum / 180, within(1e-12));
    }
}
