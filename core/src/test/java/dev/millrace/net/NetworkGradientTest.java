package dev.millrace.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Networks against their definition in double, and gradients against its finite differences. */
class NetworkGradientTest {

    /** Values and gradients here are of size 1 to 10, floats have 7 digits, and sums of some 30 terms lose one. */
    private static final double TOLERANCE = 2e-5;

    private static final int ROWS = 5;

    @ParameterizedTest
    @MethodSource("dev.millrace.net.Networks#randomised")
    void outputIsThatOfTheDefinition(Network network) {
        float[][] inputs = Networks.rows(ROWS, network.inputs(), 2);
        Network.Pass pass = Networks.forward(network, inputs, ROWS);
        float[][] outputs = Networks.unpadded(pass.output(), ROWS, network.outputs());
        Map<String, double[]> state = States.values(network.state());
        for (int row = 0; row < ROWS; row++) {
            double[] expected = ReferenceNetwork.output(network, state, "", widened(inputs[row]));
            assertClose(widened(outputs[row]), expected);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.millrace.net.Networks#randomised")
    void gradientsAreThoseOfTheDefinition(Network network) {
        float[][] inputs = Networks.rows(ROWS, network.inputs(), 2);
        float[][] weights = Networks.rows(ROWS, network.outputs(), 3);
        Network.Pass pass = Networks.backward(network, inputs, weights, ROWS);
        network.gradientTasks(List.of(pass)).forEach(Runnable::run);

        Map<String, double[]> state = States.values(network.state());
        float[][] inputGradient = Networks.unpadded(pass.inputGradient(), ROWS, network.inputs());
        for (int row = 0; row < ROWS; row++) {
            double[] input = widened(inputs[row]);
            double[] weight = widened(weights[row]);
            double[] expected = FiniteDifferences.gradient(input, () -> loss(network, state, input, weight));
            assertClose(widened(inputGradient[row]), expected);
        }
        States.gradients(network.state()).forEach((name, gradient) -> {
            double[] expected = FiniteDifferences.gradient(state.get(name), () -> {
                double sum = 0;
                for (int row = 0; row < ROWS; row++) {
                    sum += loss(network, state, widened(inputs[row]), widened(weights[row]));
                }
                return sum;
            });
            assertClose(gradient, expected);
        });
    }

    private static double loss(Network network, Map<String, double[]> state, double[] input, double[] weight) {
        double[] output = ReferenceNetwork.output(network, state, "", input);
        double loss = 0;
        for (int j = 0; j < output.length; j++) {
            loss += weight[j] * output[j];
        }
        return loss;
    }

    private static double[] widened(float[] values) {
        double[] widened = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            widened[i] = values[i];
        }
        return widened;
    }

    private static void assertClose(double[] actual, double[] expected) {
        assertThat(actual).hasSameSizeAs(expected).containsExactly(expected, within(TOLERANCE));
    }
}
