package dev.millrace.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.kernel.Memory;
import dev.millrace.kernel.Padding;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Layers with so many weights that gradients go back through them transposed. */
class WideDenseTest {

    @ParameterizedTest
    @CsvSource({"523, 517, 1", "523, 517, 21", "512, 528, 64", "512, 513, 1100", "1030, 257, 6", "2, 131073, 3"})
    void theGradientOfTheInputIsOneChainOfMultiplyAddsAnEntry(int inputs, int outputs, int rows) {
        Network network = Mlp.create(new MlpSettings(inputs, List.of(), outputs, Activation.RELU), 1);
        Networks.randomise(network, 5);
        float[][] gradients = Networks.rows(rows, outputs, 3);
        int maxRows = Math.max(64, rows);
        Network.Pass pass = network.pass(maxRows, Memory.shared());
        pass.forward(maxRows);
        Networks.pad(Networks.rows(maxRows, outputs, 4), outputs, pass.outputGradient());
        pass.backward(maxRows);

        Networks.pad(gradients, outputs, pass.outputGradient());
        Arrays.fill(pass.inputGradient(), Float.NaN);
        pass.backward(rows);

        FloatTensor weight = (FloatTensor) network.state().get("layer0.weight");
        int stride = Padding.stride(inputs);
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < stride; i++) {
                float expected = i < inputs ? chain(weight, i, gradients[row]) : 0;
                assertThat(pass.inputGradient()[row * stride + i]).isEqualTo(expected);
            }
        }
    }

    private static float chain(FloatTensor weight, int input, float[] gradient) {
        float sum = 0;
        for (int o = 0; o < gradient.length; o++) {
            sum = Math.fma(gradient[o], weight.data()[input * weight.stride() + o], sum);
        }
        return sum;
    }

    /** The derivative along a direction, beside a difference of two forward passes. */
    @Test
    void residualNetworksGoBackThroughWideLayers() {
        Network network = ResidualMlp.create(new ResidualMlpSettings(3, 520, 2, 2, Activation.TANH), 1);
        Networks.randomise(network, 7);
        float[][] x = {{0.3f, -0.2f, 0.5f}};
        float[][] outputGradient = {{1, -0.5f}};
        float[] direction = {0.6f, -0.7f, 0.4f};

        float[] gradient = Networks.backward(network, x, outputGradient, 1).inputGradient();

        double along = 0;
        for (int j = 0; j < direction.length; j++) {
            along += gradient[j] * direction[j];
        }
        float step = 1e-3f;
        double difference = loss(network, x[0], direction, step) - loss(network, x[0], direction, -step);
        assertThat(along).isCloseTo(difference / (2 * step), within(0.01 * Math.abs(along)));
    }

    private static double loss(Network network, float[] x, float[] direction, float step) {
        float[][] moved = new float[1][x.length];
        for (int j = 0; j < x.length; j++) {
            moved[0][j] = x[j] + step * direction[j];
        }
        float[] y = Networks.forward(network, moved, 1).output();
        return y[0] - 0.5 * y[1];
    }
}
