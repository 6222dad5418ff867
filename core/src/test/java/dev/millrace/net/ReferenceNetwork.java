package dev.millrace.net;

import java.util.Map;

/** Networks by their definition: one row at a time, in double, with the functions of {@link StrictMath}. */
public final class ReferenceNetwork {

    private final Map<String, double[]> state;
    private final String prefix;
    private final Activation activation;

    private ReferenceNetwork(Map<String, double[]> state, String prefix, Activation activation) {
        this.state = state;
        this.prefix = prefix;
        this.activation = activation;
    }

    /**
     * A network's output row.
     *
     * @param state values by name, such as those of {@link States#values}
     * @param prefix what the names of this network's tensors begin with in the state
     */
    public static double[] output(Network network, Map<String, double[]> state, String prefix, double[] input) {
        if (network instanceof Mlp mlp) {
            return new ReferenceNetwork(state, prefix, mlp.settings().activation()).mlp(mlp.settings(), input);
        }
        if (network instanceof ResidualConv conv) {
            return ReferenceConv.output(conv.settings(), state, prefix, input);
        }
        ResidualMlp residual = (ResidualMlp) network;
        return new ReferenceNetwork(state, prefix, residual.settings().activation())
                .residual(residual.settings(), input);
    }

    private double[] mlp(MlpSettings settings, double[] input) {
        double[] values = input;
        for (int i = 0; i < settings.hidden().size(); i++) {
            values = activated(linear("layer" + i, values));
        }
        return linear("layer" + settings.hidden().size(), values);
    }

    private double[] residual(ResidualMlpSettings settings, double[] input) {
        double[] stream = linear("first", input);
        for (int block = 0; block < settings.blocks(); block++) {
            double[] inner = linear("block" + block + ".0", activated(stream));
            double[] branch = linear("block" + block + ".1", activated(inner));
            for (int i = 0; i < stream.length; i++) {
                stream[i] += branch[i];
            }
        }
        return linear("last", activated(stream));
    }

    private double[] linear(String layer, double[] x) {
        double[] weight = state.get(prefix + layer + ".weight");
        double[] y = state.get(prefix + layer + ".bias").clone();
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < y.length; j++) {
                y[j] += x[i] * weight[i * y.length + j];
            }
        }
        return y;
    }

    private double[] activated(double[] x) {
        double[] y = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            y[i] = switch (activation) {
                case RELU -> Math.max(x[i], 0);
                case TANH -> StrictMath.tanh(x[i]);
                case SILU -> x[i] / (1 + StrictMath.exp(-x[i]));
                case ELU -> x[i] > 0 ? x[i] : StrictMath.expm1(x[i]);
            };
        }
        return y;
    }
}
