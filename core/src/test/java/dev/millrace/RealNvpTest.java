package dev.millrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.millrace.bijection.ActNorm;
import dev.millrace.bijection.BatchNorm;
import dev.millrace.bijection.Bijection;
import dev.millrace.bijection.Coupling;
import dev.millrace.bijection.Logit;
import dev.millrace.bijection.LuLinear;
import dev.millrace.bijection.Permutation;
import dev.millrace.bijection.Standardisation;
import dev.millrace.distribution.StandardNormal;
import dev.millrace.kernel.Memory;
import dev.millrace.net.Activation;
import dev.millrace.net.FloatTensor;
import dev.millrace.net.Mlp;
import dev.millrace.net.MlpSettings;
import dev.millrace.transformer.Affine;
import dev.millrace.transformer.LogScale;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RealNvpTest {

    private final RealNvp small = Flow.realNvp(3).couplings(2).hidden(4);

    @Test
    void theDefaultsAreThoseThatAreDocumented() {
        assertThat(Flow.realNvp(7))
                .isEqualTo(new RealNvp(
                        7,
                        8,
                        List.of(128, 128),
                        Activation.RELU,
                        LogScale.TANH,
                        RealNvp.Normalisation.ACT_NORM,
                        RealNvp.Mixing.ALTERNATE,
                        true,
                        1));
    }

    @Test
    void everySettingIsKept() {
        RealNvp changed = Flow.realNvp(3)
                .couplings(5)
                .hidden(9, 8)
                .activation(Activation.ELU)
                .logScale(LogScale.SIGMOID)
                .normalisation(RealNvp.Normalisation.NONE)
                .mixing(RealNvp.Mixing.LINEAR)
                .standardised(false)
                .seed(77);
        assertThat(changed)
                .isEqualTo(new RealNvp(
                        3,
                        5,
                        List.of(9, 8),
                        Activation.ELU,
                        LogScale.SIGMOID,
                        RealNvp.Normalisation.NONE,
                        RealNvp.Mixing.LINEAR,
                        false,
                        77));
    }

    @Test
    void layersStandInTheirOrder() {
        assertThat(kinds(small))
                .containsExactly(Standardisation.class, ActNorm.class, Coupling.class, ActNorm.class, Coupling.class);
        assertThat(kinds(small.standardised(false).normalisation(RealNvp.Normalisation.NONE)))
                .containsExactly(Coupling.class, Coupling.class);
        assertThat(kinds(small.normalisation(RealNvp.Normalisation.BATCH_NORM).mixing(RealNvp.Mixing.PERMUTE)))
                .containsExactly(
                        Standardisation.class,
                        BatchNorm.class,
                        Permutation.class,
                        Coupling.class,
                        BatchNorm.class,
                        Permutation.class,
                        Coupling.class);
        assertThat(kinds(small.mixing(RealNvp.Mixing.LINEAR).couplings(1)))
                .containsExactly(Standardisation.class, ActNorm.class, LuLinear.class, Coupling.class);
    }

    @Test
    void couplingsTransformOddAndEvenEntriesInTurn() {
        List<Bijection> layers = small.standardised(false)
                .normalisation(RealNvp.Normalisation.NONE)
                .activation(Activation.SILU)
                .logScale(LogScale.SIGMOID)
                .build()
                .layers();
        Coupling first = (Coupling) layers.get(0);
        Coupling second = (Coupling) layers.get(1);
        assertThat(first.partition().untouched()).containsExactly(0, 2);
        assertThat(second.partition().untouched()).containsExactly(1);
        assertThat(((Mlp) first.conditioner()).settings())
                .isEqualTo(new MlpSettings(2, List.of(4), 2, Activation.SILU));
        assertThat(((Mlp) second.conditioner()).settings())
                .isEqualTo(new MlpSettings(1, List.of(4), 4, Activation.SILU));
        assertThat(((Affine) first.transformer()).logScale()).isEqualTo(LogScale.SIGMOID);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8, 17})
    void beginsAsTheIdentity(int dimension) {
        for (RealNvp.Normalisation normalisation :
                List.of(RealNvp.Normalisation.NONE, RealNvp.Normalisation.ACT_NORM)) {
            for (LogScale logScale : LogScale.values()) {
                Flow flow = Flow.realNvp(dimension)
                        .hidden(8)
                        .normalisation(normalisation)
                        .logScale(logScale)
                        .build();
                double[] row = Samples.noise(1, dimension, 3);
                assertThat(flow.forward(row, 1)).isEqualTo(row);
                assertThat(flow.logProb(row)).isEqualTo(standardNormal(row));
                assertThat(flow.base()).isEqualTo(new StandardNormal(dimension));
            }
        }
    }

    private static double standardNormal(double[] row) {
        double[] logDensity = new double[1];
        new StandardNormal(row.length).pass(1, Memory.shared()).logDensity(1, row, logDensity);
        return logDensity[0];
    }

    @ParameterizedTest
    @EnumSource
    void everyMixingBeginsAsAPermutation(RealNvp.Mixing mixing) {
        Flow flow = small.mixing(mixing).build();
        double[] row = {0.5, -1, 2};
        assertThat(flow.forward(row, 1)).containsExactlyInAnyOrder(row);
        assertThat(flow.layerLogDets(row)).containsOnly(0);
    }

    @Test
    void theSeedDecidesTheWeights() {
        assertThat(weights(small, 1)).isEqualTo(weights(small, 1)).isNotEqualTo(weights(small, 2));
        // Each coupling has its own.
        RealNvp even = Flow.realNvp(4).couplings(2).hidden(4);
        assertThat(weights(even, 1)).isNotEqualTo(weights(even, 1, 4));
    }

    private static float[] weights(RealNvp description, long seed) {
        return weights(description, seed, 2);
    }

    private static float[] weights(RealNvp description, long seed, int layer) {
        return ((FloatTensor)
                        description.seed(seed).build().state().get("layers." + layer + ".conditioner.layer0.weight"))
                .values();
    }

    @Test
    void whatIsNoFlowIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Flow.realNvp(0)).withMessageContaining("not 0 and 8");
        assertThatIllegalArgumentException().isThrownBy(() -> Flow.realNvp(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> small.couplings(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> small.hidden(4, 0))
                .withMessageContaining("[4, 0]");
    }

    @Test
    void withoutHiddenLayersConditionersAreLinear() {
        assertThat(small.hidden(new int[0]).build().parameterCount())
                .isEqualTo(2 * 6 + (2 * 2 + 2 + 1) + (1 * 4 + 4 + 2));
    }

    private static List<Class<?>> kinds(RealNvp description) {
        return description.build().layers().stream()
                .<Class<?>>map(Object::getClass)
                .toList();
    }

    @Test
    void noChoiceMayBeMissing() {
        List<ThrowingCallable> calls = List.of(
                () -> Flow.realNvp(2).activation(null),
                () -> Flow.realNvp(2).logScale(null),
                () -> Flow.realNvp(2).normalisation(null),
                () -> Flow.realNvp(2).mixing(null),
                () -> Flow.nice(2).prior(null),
                () -> Flow.spline(2).activation(null),
                () -> Flow.realNvp(4, 4, 1).logScale(null),
                () -> Flow.realNvp(4, 4, 1).normalisation(null),
                () -> Flow.realNvp(4, 4, 1).logit(null, 0.05),
                () -> Affine.create(2, null));
        for (ThrowingCallable call : calls) {
            assertThatNullPointerException().isThrownBy(call);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Flow.realNvp(4, 4, 1).logit(Logit.Variant.PAPER, Double.NaN));
    }
}
