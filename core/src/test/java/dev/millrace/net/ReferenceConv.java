package dev.millrace.net;

import java.util.Map;

/** A {@link ResidualConv} by its definition: one image in double, as {@code [channel][row][column]}. */
final class ReferenceConv {

    private final ResidualConvSettings settings;
    private final Map<String, double[]> state;
    private final String prefix;

    private ReferenceConv(ResidualConvSettings settings, Map<String, double[]> state, String prefix) {
        this.settings = settings;
        this.state = state;
        this.prefix = prefix;
    }

    static double[] output(ResidualConvSettings settings, Map<String, double[]> state, String prefix, double[] input) {
        return new ReferenceConv(settings, state, prefix).output(input);
    }

    private double[] output(double[] input) {
        double[][][] stream = convolved("input.convolution", normalised("input.norm", seen(input)));
        double[][][] skips = convolved("input.skip", stream);
        for (int block = 0; block < settings.blocks(); block++) {
            String name = "block" + block;
            double[][][] branch = stream;
            for (int i = 0; i < 2; i++) {
                branch = convolved(name + ".convolution" + i, normalised(name + ".norm" + i, branch));
            }
            stream = sum(stream, branch);
            skips = sum(skips, convolved(name + ".skip", stream));
        }
        double[][][] image = convolved("output.convolution", normalised("output.norm", skips));
        int[] positions = settings.outputPositions();
        double[] output = new double[positions.length];
        for (int i = 0; i < output.length; i++) {
            int pixel = positions[i] / settings.outputChannels();
            output[i] =
                    image[positions[i] % settings.outputChannels()][pixel / settings.width()][pixel % settings.width()];
        }
        return output;
    }

    private double[][][] seen(double[] input) {
        int channels = settings.inputChannels();
        double[][][] seen =
                new double[2 * channels + (settings.withMask() ? 1 : 0)][settings.height()][settings.width()];
        int[] positions = settings.inputPositions();
        for (int i = 0; i < input.length; i++) {
            int channel = positions[i] % channels;
            int row = positions[i] / channels / settings.width();
            int column = positions[i] / channels % settings.width();
            seen[channel][row][column] = input[i];
            seen[channels + channel][row][column] = -input[i];
            if (settings.withMask()) {
                seen[2 * channels][row][column] = 1;
            }
        }
        return seen;
    }

    private double[][][] normalised(String name, double[][][] x) {
        double[] mean = state("runningMean", name);
        double[] variance = state("runningVariance", name);
        double[] gain = state("gain", name);
        double[] shift = state("shift", name);
        double[][][] y = new double[x.length][settings.height()][settings.width()];
        for (int c = 0; c < x.length; c++) {
            double deviation = Math.sqrt(variance[c] + 1e-4);
            for (int row = 0; row < settings.height(); row++) {
                for (int column = 0; column < settings.width(); column++) {
                    double z = (x[c][row][column] - mean[c]) / deviation;
                    y[c][row][column] = Math.max(0, z * gain[c] + shift[c]);
                }
            }
        }
        return y;
    }

    private double[][][] convolved(String name, double[][][] x) {
        double[] length = state("length", name);
        double[] direction = state("direction", name);
        double[] bias = state.getOrDefault(prefix + name + ".bias", new double[length.length]);
        int side = direction.length == x.length * length.length ? 1 : 3;
        double[][][] y = new double[length.length][settings.height()][settings.width()];
        for (int o = 0; o < y.length; o++) {
            double squares = 0;
            for (int i = o; i < direction.length; i += length.length) {
                squares += direction[i] * direction[i];
            }
            for (int row = 0; row < settings.height(); row++) {
                for (int column = 0; column < settings.width(); column++) {
                    double sum = 0;
                    for (int dy = 0; dy < side; dy++) {
                        for (int dx = 0; dx < side; dx++) {
                            for (int c = 0; c < x.length; c++) {
                                int weight = ((dy * side + dx) * x.length + c) * length.length + o;
                                sum += direction[weight] * pixel(x[c], row + dy - side / 2, column + dx - side / 2);
                            }
                        }
                    }
                    y[o][row][column] = bias[o] + length[o] / Math.sqrt(squares) * sum;
                }
            }
        }
        return y;
    }

    private static double pixel(double[][] image, int row, int column) {
        boolean inside = row >= 0 && row < image.length && column >= 0 && column < image[0].length;
        return inside ? image[row][column] : 0;
    }

    private static double[][][] sum(double[][][] a, double[][][] b) {
        double[][][] sum = new double[a.length][a[0].length][a[0][0].length];
        for (int c = 0; c < a.length; c++) {
            for (int row = 0; row < a[0].length; row++) {
                for (int column = 0; column < a[0][0].length; column++) {
                    sum[c][row][column] = a[c][row][column] + b[c][row][column];
                }
            }
        }
        return sum;
    }

    private double[] state(String tensor, String layer) {
        return state.get(prefix + layer + "." + tensor);
    }
}
