package dev.millrace.net;

import dev.millrace.kernel.Memory;
import dev.millrace.kernel.Padding;
import dev.millrace.kernel.SplitMix;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A residual network with activations before the linear layers (He et al., arXiv 1603.05027), as conditioners of tabular
 * flows use it (Durkan et al., arXiv 1906.04032): h = X·W + b, then for each block h += W₂·act(W₁·act(h)), and the
 * output is a linear layer of act(h).
 */
public final class ResidualMlp implements Network {

    private final ResidualMlpSettings settings;
    /** The first layer, two for each block, and the last. */
    private final DenseStack layers;

    private ResidualMlp(ResidualMlpSettings settings, DenseStack layers) {
        this.settings = settings;
        this.layers = layers;
    }

    /**
     * A network with new weights. The second layer of every block and the last layer begin at zero: blocks begin as the
     * identity, and so does a coupling.
     *
     * @param seed the same seed gives the same weights
     */
    public static ResidualMlp create(ResidualMlpSettings settings, long seed) {
        SplitMix random = new SplitMix(seed);
        Initialisation hidden = Initialisation.of(settings.activation());
        int width = settings.width();
        List<Dense> layers = new ArrayList<>();
        List<String> names = new ArrayList<>();
        layers.add(Dense.create(settings.inputs(), width, hidden, random));
        names.add("first");
        for (int block = 0; block < settings.blocks(); block++) {
            layers.add(Dense.create(width, width, hidden, random));
            names.add("block" + block + ".0");
            layers.add(Dense.create(width, width, Initialisation.ZERO, random));
            names.add("block" + block + ".1");
        }
        layers.add(Dense.create(width, settings.outputs(), Initialisation.ZERO, random));
        names.add("last");
        return new ResidualMlp(settings, new DenseStack(layers, names));
    }

    public ResidualMlpSettings settings() {
        return settings;
    }

    @Override
    public int inputs() {
        return settings.inputs();
    }

    @Override
    public int outputs() {
        return settings.outputs();
    }

    @Override
    public Map<String, Tensor> state() {
        return layers.state();
    }

    @Override
    public void parametersChanged() {
        layers.parametersChanged();
    }

    @Override
    public ResidualMlp copy() {
        return new ResidualMlp(settings, layers.copy());
    }

    @Override
    public List<Runnable> gradientTasks(List<? extends Network.Pass> blocks) {
        return layers.gradientTasks(blocks);
    }

    @Override
    public Network.Pass pass(int maxRows, Memory memory) {
        return new ResidualPass(settings, layers, maxRows, memory);
    }

    private static final class ResidualPass implements DensePass {

        private final Activation activation;
        private final DenseStack layers;
        private final int stride;
        private final float[] stream;
        /** {@code values[i]} goes into layer i. */
        private final float[][] values;

        private final float[][] slopes;
        /** {@code gradients[i]} is the loss gradient of layer i's output. */
        private final float[][] gradients;

        private final Dense.Room room;
        private final float[] branch;
        private final float[] output;
        private final float[] inputGradient;
        private int rows;

        ResidualPass(ResidualMlpSettings settings, DenseStack layers, int maxRows, Memory memory) {
            this.activation = settings.activation();
            this.layers = layers;
            this.stride = Padding.stride(settings.width());
            int length = Math.multiplyExact(maxRows, stride);
            int count = layers.size();
            values = new float[count][];
            slopes = new float[count][];
            gradients = new float[count][];
            for (int i = 0; i < count; i++) {
                values[i] = memory.floats(maxRows * Padding.stride(layers.get(i).inputs()));
                gradients[i] = memory.scratch()
                        .floats(maxRows * Padding.stride(layers.get(i).outputs()));
                if (i > 0 && activation.hasSlopes()) {
                    slopes[i] = memory.floats(length);
                }
            }
            room = layers.room(maxRows, memory.scratch());
            stream = memory.scratch().floats(length);
            branch = memory.scratch().floats(length);
            output = memory.scratch().floats(maxRows * Padding.stride(settings.outputs()));
            inputGradient = memory.scratch().floats(maxRows * Padding.stride(settings.inputs()));
        }

        @Override
        public float[] input() {
            return values[0];
        }

        @Override
        public void forward(int rows) {
            this.rows = rows;
            int length = rows * stride;
            int last = layers.size() - 1;
            layers.get(0).forward(rows, values[0], stream, room);
            for (int i = 1; i < last; i += 2) {
                System.arraycopy(stream, 0, values[i], 0, length);
                activation.forward(values[i], slopes[i], length);
                layers.get(i).forward(rows, values[i], values[i + 1], room);
                activation.forward(values[i + 1], slopes[i + 1], length);
                layers.get(i + 1).forwardAdding(rows, values[i + 1], stream, room);
            }
            System.arraycopy(stream, 0, values[last], 0, length);
            activation.forward(values[last], slopes[last], length);
            layers.get(last).forward(rows, values[last], output, room);
        }

        @Override
        public float[] output() {
            return output;
        }

        @Override
        public float[] outputGradient() {
            return gradients[layers.size() - 1];
        }

        @Override
        public void backward(int rows) {
            int length = rows * stride;
            int last = layers.size() - 1;
            backward(rows, last, gradients[last - 1]);
            for (int i = last - 2; i > 0; i -= 2) {
                backward(rows, i + 1, gradients[i]);
                backward(rows, i, branch);
                add(gradients[i + 1], branch, gradients[i - 1], length);
            }
            layers.get(0).backward(rows, gradients[0], inputGradient, room);
        }

        /** Through layer i and the activation before it. */
        private void backward(int rows, int i, float[] gradient) {
            layers.get(i).backward(rows, gradients[i], gradient, room);
            activation.backward(values[i], slopes[i], gradient, rows * stride);
        }

        private static void add(float[] a, float[] b, float[] sum, int n) {
            for (int i = 0; i < n; i++) {
                sum[i] = a[i] + b[i];
            }
        }

        @Override
        public float[] inputGradient() {
            return inputGradient;
        }

        @Override
        public int rows() {
            return rows;
        }

        @Override
        public float[] inputOf(int layer) {
            return values[layer];
        }

        @Override
        public float[] gradientOf(int layer) {
            return gradients[layer];
        }
    }
}
