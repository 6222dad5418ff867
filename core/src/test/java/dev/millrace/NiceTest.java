package dev.millrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.bijection.Bijection;
import dev.millrace.bijection.Coupling;
import dev.millrace.bijection.Scaling;
import dev.millrace.bijection.Standardisation;
import dev.millrace.distribution.StandardLogistic;
import dev.millrace.distribution.StandardNormal;
import dev.millrace.net.Activation;
import dev.millrace.net.Mlp;
import dev.millrace.net.MlpSettings;
import dev.millrace.transformer.Additive;
import dev.millrace.transformer.ScaledAdditive;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NiceTest {

    private final Nice small = Flow.nice(5).hidden(4);

    @Test
    void theDefaultsAreThePapers() {
        assertThat(Flow.nice(784))
                .isEqualTo(new Nice(784, 4, Collections.nCopies(5, 1000), Nice.Prior.LOGISTIC, true, 1));
    }

    @Test
    void imagesAreNotStandardised() {
        assertThat(Flow.nice(28, 28, 1))
                .isEqualTo(new Nice(784, 4, Collections.nCopies(5, 1000), Nice.Prior.LOGISTIC, false, 1));
    }

    @Test
    void everySettingIsKept() {
        assertThat(Flow.nice(5)
                        .couplings(3)
                        .hidden(9)
                        .prior(Nice.Prior.NORMAL)
                        .standardised(false)
                        .seed(6))
                .isEqualTo(new Nice(5, 3, List.of(9), Nice.Prior.NORMAL, false, 6));
    }

    @Test
    void couplingsTransformOddAndEvenEntriesInTurnBeforeTheScaling() {
        List<Bijection> layers = small.build().layers();
        assertThat(layers)
                .extracting(Object::getClass)
                .containsExactly(
                        Standardisation.class,
                        Coupling.class,
                        Coupling.class,
                        Coupling.class,
                        Coupling.class,
                        Scaling.class);
        for (int i = 1; i <= 4; i++) {
            Coupling coupling = (Coupling) layers.get(i);
            int untouched = i % 2 == 1 ? 3 : 2;
            assertThat(coupling.partition().untouched()).hasSize(untouched);
            assertThat(coupling.transformer()).isEqualTo(new Additive(5 - untouched));
            assertThat(((Mlp) coupling.conditioner()).settings())
                    .isEqualTo(new MlpSettings(untouched, List.of(4), 5 - untouched, Activation.RELU));
        }
    }

    @Test
    void withoutStandardisationTheCouplingsKnowEachEntrysUnit() {
        List<Bijection> layers = small.standardised(false).build().layers();
        assertThat(layers).hasSize(5);
        assertThat(layers.subList(0, 4)).allSatisfy(layer -> assertThat(((Coupling) layer).transformer())
                .isInstanceOf(ScaledAdditive.class));
    }

    @Test
    void thePriorIsTheBase() {
        assertThat(small.build().base()).isEqualTo(new StandardLogistic(5));
        assertThat(small.prior(Nice.Prior.NORMAL).build().base()).isEqualTo(new StandardNormal(5));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8, 17})
    void beginsAsTheIdentity(int dimension) {
        Flow flow = Flow.nice(dimension).hidden(8).build();
        double[] row = Samples.noise(1, dimension, 4);
        double expected = 0;
        for (double x : row) {
            expected -= x + 2 * Math.log1p(Math.exp(-x));
        }
        assertThat(flow.forward(row, 1)).isEqualTo(row);
        assertThat(flow.logProb(row)).isCloseTo(expected, within(1e-13 * dimension));
    }

    @Test
    void onlyTheScalingChangesVolumes() {
        Flow flow = Flows.randomised(small.standardised(false).build());
        double[] logDets = flow.layerLogDets(Samples.noise(1, 5, 1));
        assertThat(logDets).startsWith(0, 0, 0, 0);
        assertThat(logDets[4]).isNotZero();
    }

    @Test
    void whatIsNoFlowIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Flow.nice(0));
        assertThatIllegalArgumentException().isThrownBy(() -> small.couplings(0));
        assertThatIllegalArgumentException().isThrownBy(() -> small.hidden(-3)).withMessageContaining("[-3]");
    }
}
