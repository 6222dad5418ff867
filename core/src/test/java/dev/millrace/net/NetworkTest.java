package dev.millrace.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NetworkTest {

    private static final int ROWS = 37;

    @ParameterizedTest
    @MethodSource("dev.millrace.net.Networks#fresh")
    void beginsWithOutputZero(Network network) {
        Network.Pass pass = Networks.forward(network, Networks.rows(ROWS, network.inputs(), 2), ROWS);
        assertThat(pass.output()).containsOnly(0);
    }

    @ParameterizedTest
    @MethodSource("dev.millrace.net.Networks#randomised")
    void rowsOutputDoesNotDependOnOtherRowsNorOnItsPlace(Network network) {
        float[][] inputs = Networks.rows(ROWS, network.inputs(), 2);
        float[][] whole = outputs(network, inputs, ROWS);
        for (int row = 0; row < ROWS; row++) {
            assertThat(outputs(network, new float[][] {inputs[row]}, 1)[0]).isEqualTo(whole[row]);
        }
        float[][] later = Networks.rows(50, network.inputs(), 3);
        Arrays.fill(later[1], Float.NaN);
        System.arraycopy(inputs, 0, later, 2, ROWS);
        assertThat(Arrays.copyOfRange(outputs(network, later, 64), 2, 2 + ROWS)).isDeepEqualTo(whole);
    }

    private static float[][] outputs(Network network, float[][] inputs, int maxRows) {
        return Networks.unpadded(Networks.forward(network, inputs, maxRows).output(), inputs.length, network.outputs());
    }

    @ParameterizedTest
    @MethodSource("dev.millrace.net.Networks#randomised")
    void gradientDoesNotDependOnBlocksNorOnTheOrderOfTasks(Network network) {
        float[][] inputs = Networks.rows(ROWS, network.inputs(), 2);
        float[][] weights = Networks.rows(ROWS, network.outputs(), 3);
        network.gradientTasks(List.of(Networks.backward(network, inputs, weights, ROWS)))
                .forEach(Runnable::run);
        Map<String, double[]> whole = States.gradients(network.state());

        List<Network.Pass> blocks = new ArrayList<>();
        int[] ends = {0, 5, 5, 6, 22, ROWS, ROWS};
        for (int i = 0, from = 0; i < ends.length; from = ends[i++]) {
            blocks.add(Networks.backward(
                    network,
                    Arrays.copyOfRange(inputs, from, ends[i]),
                    Arrays.copyOfRange(weights, from, ends[i]),
                    16));
        }
        network.gradientTasks(blocks).parallelStream().forEach(Runnable::run);
        assertThat(States.gradients(network.state())).usingRecursiveComparison().isEqualTo(whole);
    }

    @ParameterizedTest
    @MethodSource("dev.millrace.net.Networks#randomised")
    void copySharesNothing(Network network) {
        float[][] inputs = Networks.rows(ROWS, network.inputs(), 2);
        float[][] before = outputs(network, inputs, ROWS);
        Network copy = network.copy();
        assertThat(outputs(copy, inputs, ROWS)).isDeepEqualTo(before);
        Networks.randomise(copy, 77);
        assertThat(Arrays.deepEquals(outputs(copy, inputs, ROWS), before)).isFalse();
        assertThat(outputs(network, inputs, ROWS)).isDeepEqualTo(before);
    }

    @Test
    void sameSeedGivesTheSameWeights() {
        MlpSettings settings = new MlpSettings(3, List.of(8), 2, Activation.RELU);
        double[] weights = States.values(Mlp.create(settings, 5).state()).get("layer0.weight");
        assertThat(States.values(Mlp.create(settings, 5).state()).get("layer0.weight"))
                .isEqualTo(weights);
        assertThat(States.values(Mlp.create(settings, 6).state()).get("layer0.weight"))
                .isNotEqualTo(weights);
    }

    @Test
    void impossibleSettingsAreErrors() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MlpSettings(-1, List.of(), 1, Activation.RELU))
                .withMessageContaining("-1");
        assertThatIllegalArgumentException().isThrownBy(() -> new MlpSettings(1, List.of(), 0, Activation.RELU));
        assertThatIllegalArgumentException().isThrownBy(() -> new MlpSettings(1, List.of(0), 1, Activation.RELU));
        assertThatIllegalArgumentException().isThrownBy(() -> new ResidualMlpSettings(1, 0, 1, 1, Activation.RELU));
        assertThatIllegalArgumentException().isThrownBy(() -> new ResidualMlpSettings(1, 1, 0, 1, Activation.RELU));
    }
}
