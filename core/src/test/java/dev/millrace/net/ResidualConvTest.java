package dev.millrace.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.millrace.kernel.Grid;
import dev.millrace.kernel.Memory;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the tests of all networks do not say about the convolutional one. */
class ResidualConvTest {

    private static final int ROWS = 3;

    /** A shared memory hands out arrays with the contents of other layers, also where this one needs zeros. */
    @Test
    void whatArraysHeldBeforeDoesNotMatter() {
        int[] inputs = {7, 0, 14, 2};
        ResidualConv network =
                ResidualConv.create(new ResidualConvSettings(3, 5, 1, inputs, 2, new int[] {29, 3, 2}, 4, 2, true), 1);
        Networks.randomise(network, 11);
        Map<String, double[]> clean = run(network, network.pass(ROWS, Memory.kept()));

        Memory memory = Memory.shared();
        int length = ROWS * new Grid(3, 5).size(16);
        for (int i = 0; i < 40; i++) {
            Arrays.fill(memory.floats(length), Float.NaN);
        }
        memory.nextLayer();
        assertThat(run(network, network.pass(ROWS, memory)))
                .usingRecursiveComparison()
                .isEqualTo(clean);
    }

    private static Map<String, double[]> run(ResidualConv network, Network.Pass pass) {
        Networks.pad(Networks.rows(ROWS, 4, 2), 4, pass.input());
        pass.forward(ROWS);
        Networks.pad(Networks.rows(ROWS, 3, 3), 3, pass.outputGradient());
        pass.backward(ROWS);
        network.gradientTasks(List.of(pass)).forEach(Runnable::run);
        return States.gradients(network.state());
    }

    @Test
    void impossibleSettingsAreErrors() {
        int[] all = {0, 1};
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ResidualConvSettings(1, 2, 1, all, 1, all, 0, 1, true))
                .withMessageContaining("features");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ResidualConvSettings(1, 2, 1, new int[] {2}, 1, all, 1, 1, true))
                .withMessageContaining("input position 2 is outside of an image of 1 × 2 × 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ResidualConvSettings(1, 2, 1, all, 1, new int[] {1, 1}, 1, 1, true))
                .withMessageContaining("output position 1 appears twice");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ResidualConvSettings(1, 2, 1, all, 1, new int[0], 1, 1, true))
                .withMessageContaining("at least 1 output");
    }

    @Test
    void settingsAreValues() {
        int[] inputs = {1, 0};
        ResidualConvSettings settings = new ResidualConvSettings(1, 2, 1, inputs, 1, new int[] {1}, 3, 2, true);
        inputs[0] = 0;
        settings.inputPositions()[0] = 0;
        ResidualConvSettings same = new ResidualConvSettings(1, 2, 1, new int[] {1, 0}, 1, new int[] {1}, 3, 2, true);
        assertThat(settings).isEqualTo(same).hasSameHashCodeAs(same);
        assertThat(settings)
                .isNotEqualTo(new ResidualConvSettings(1, 2, 1, new int[] {0, 1}, 1, new int[] {1}, 3, 2, true));
    }
}
