package dev.millrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.bijection.ActNorm;
import dev.millrace.bijection.Coupling;
import dev.millrace.bijection.LuLinear;
import dev.millrace.bijection.Standardisation;
import dev.millrace.net.Activation;
import dev.millrace.net.FloatTensor;
import dev.millrace.net.Mlp;
import dev.millrace.net.MlpSettings;
import dev.millrace.transformer.RationalQuadratic;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NeuralSplineTest {

    private final NeuralSpline small = Flow.spline(3).couplings(2).hidden(4);

    @Test
    void everySettingIsKept() {
        NeuralSpline changed = Flow.spline(3)
                .couplings(5)
                .hidden(9, 8)
                .activation(Activation.ELU)
                .bins(4)
                .tailBound(5)
                .standardised(false)
                .seed(77);
        assertThat(changed).isEqualTo(new NeuralSpline(3, 5, List.of(9, 8), Activation.ELU, 4, 5, false, 77));
    }

    @Test
    void layersStandInTheirOrder() {
        Flow flow = small.activation(Activation.SILU).bins(4).build();
        assertThat(flow.layers().stream().<Class<?>>map(Object::getClass).toList())
                .containsExactly(
                        Standardisation.class,
                        ActNorm.class,
                        LuLinear.class,
                        Coupling.class,
                        ActNorm.class,
                        LuLinear.class,
                        Coupling.class);
        Coupling first = (Coupling) flow.layers().get(3);
        Coupling second = (Coupling) flow.layers().get(6);
        assertThat(first.partition().untouched()).containsExactly(0, 2);
        assertThat(second.partition().untouched()).containsExactly(1);
        assertThat(second.transformer()).isEqualTo(new RationalQuadratic(2, 4, 3));
        assertThat(((Mlp) second.conditioner()).settings())
                .isEqualTo(new MlpSettings(1, List.of(4), 22, Activation.SILU));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8, 17})
    void beginsAsAPermutation(int dimension) {
        Flow flow = Flow.spline(dimension).hidden(8).build();
        double[] row = Samples.noise(1, dimension, 3);
        double[] z = flow.forward(row, 1);
        Arrays.sort(row);
        Arrays.sort(z);
        // 8 splines, each the identity up to rounding.
        assertThat(z).containsExactly(row, within(1e-14));
    }

    @Test
    void theSeedDecidesTheWeights() {
        assertThat(first(small)).isEqualTo(first(small)).isNotEqualTo(first(small.seed(2)));
    }

    private static float[] first(NeuralSpline description) {
        Coupling coupling = (Coupling) description.build().layers().get(3);
        return ((FloatTensor) coupling.conditioner().state().get("layer0.weight")).values();
    }

    @Test
    void whatIsNoFlowIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Flow.spline(0)).withMessageContaining("not 0 and 8");
        assertThatIllegalArgumentException().isThrownBy(() -> small.couplings(0));
        assertThatIllegalArgumentException().isThrownBy(() -> small.bins(1)).withMessageContaining("not 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> small.tailBound(0))
                .withMessageContaining("not 0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> small.hidden(4, 0))
                .withMessageContaining("[4, 0]");
    }
}
