package dev.millrace.net;

import static org.junit.jupiter.api.Named.named;

import dev.millrace.kernel.Memory;
import dev.millrace.kernel.Padding;
import dev.millrace.kernel.SplitMix;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;

/** The table of networks that the generic tests go over, and how they run one. */
final class Networks {

    private Networks() {}

    /** New networks: last layers are zero. */
    static Stream<Named<Network>> fresh() {
        Stream<Network> shapes = Stream.of(
                mlp(3, List.of(), 2, Activation.RELU),
                mlp(0, List.of(), 3, Activation.RELU),
                mlp(0, List.of(4), 3, Activation.SILU),
                mlp(1, List.of(1), 1, Activation.TANH),
                mlp(20, List.of(16, 33), 17, Activation.RELU),
                mlp(35, List.of(5), 40, Activation.ELU),
                residual(0, 4, 1, 2, Activation.SILU),
                residual(1, 1, 1, 1, Activation.TANH),
                residual(18, 17, 3, 5, Activation.RELU),
                residual(3, 16, 1, 33, Activation.ELU));
        Stream<Network> activations = Stream.of(Activation.values())
                .flatMap(activation ->
                        Stream.of(mlp(3, List.of(7, 6), 4, activation), residual(3, 5, 2, 4, activation)));
        return Stream.of(shapes, activations, convolutional())
                .flatMap(networks -> networks)
                .map(network -> named(name(network), network));
    }

    private static Stream<Network> convolutional() {
        int[] everything = {0, 1, 2, 3};
        return Stream.of(
                conv(new ResidualConvSettings(2, 2, 1, everything, 1, everything, 3, 1, false)),
                conv(new ResidualConvSettings(3, 5, 1, new int[] {7, 0, 14, 2}, 2, new int[] {29, 3, 2}, 4, 2, true)),
                conv(new ResidualConvSettings(1, 2, 2, new int[] {1, 2}, 3, new int[] {0, 5}, 17, 1, true)),
                conv(new ResidualConvSettings(1, 1, 4, new int[] {3}, 20, new int[] {19, 0}, 2, 3, false)),
                conv(new ResidualConvSettings(2, 1, 1, new int[0], 1, new int[] {1}, 2, 1, true)));
    }

    /** The same networks with random parameters. */
    static Stream<Named<Network>> randomised() {
        return fresh().peek(network -> randomise(network.getPayload(), 11));
    }

    static void randomise(Network network, long seed) {
        States.randomise(network.state(), seed);
        network.parametersChanged();
    }

    private static Network mlp(int inputs, List<Integer> hidden, int outputs, Activation activation) {
        return Mlp.create(new MlpSettings(inputs, hidden, outputs, activation), 1);
    }

    private static Network residual(int inputs, int width, int blocks, int outputs, Activation activation) {
        return ResidualMlp.create(new ResidualMlpSettings(inputs, width, blocks, outputs, activation), 1);
    }

    private static Network conv(ResidualConvSettings settings) {
        return ResidualConv.create(settings, 1);
    }

    private static String name(Network network) {
        if (network instanceof Mlp mlp) {
            return mlp.settings().toString();
        }
        return network instanceof ResidualConv conv
                ? conv.settings().toString()
                : ((ResidualMlp) network).settings().toString();
    }

    /** Rows of numbers in (−1, 1). */
    static float[][] rows(int rows, int width, long seed) {
        SplitMix random = new SplitMix(seed);
        float[][] values = new float[rows][width];
        for (float[] row : values) {
            for (int j = 0; j < width; j++) {
                row[j] = (float) (2 * random.nextDouble() - 1);
            }
        }
        return values;
    }

    /** A pass in which these rows have gone forward. */
    static Network.Pass forward(Network network, float[][] inputs, int maxRows) {
        Network.Pass pass = network.pass(maxRows, Memory.kept());
        pad(inputs, network.inputs(), pass.input());
        pass.forward(inputs.length);
        return pass;
    }

    /** A pass in which these rows have gone forward and backward. */
    static Network.Pass backward(Network network, float[][] inputs, float[][] outputGradients, int maxRows) {
        Network.Pass pass = forward(network, inputs, maxRows);
        pad(outputGradients, network.outputs(), pass.outputGradient());
        pass.backward(inputs.length);
        return pass;
    }

    static void pad(float[][] rows, int width, float[] into) {
        for (int row = 0; row < rows.length; row++) {
            System.arraycopy(rows[row], 0, into, row * Padding.stride(width), width);
        }
    }

    /** The rows of a padded array. */
    static float[][] unpadded(float[] padded, int rows, int width) {
        float[][] values = new float[rows][width];
        for (int row = 0; row < rows; row++) {
            System.arraycopy(padded, row * Padding.stride(width), values[row], 0, width);
        }
        return values;
    }
}
