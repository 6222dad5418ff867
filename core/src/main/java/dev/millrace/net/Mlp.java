package dev.millrace.net;

import dev.millrace.kernel.Memory;
import dev.millrace.kernel.Padding;
import dev.millrace.kernel.SplitMix;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A multilayer perceptron: linear layers with an activation after each but the last. */
public final class Mlp implements Network {

    private final MlpSettings settings;
    private final DenseStack layers;

    private Mlp(MlpSettings settings, DenseStack layers) {
        this.settings = settings;
        this.layers = layers;
    }

    /**
     * A network with new weights: the hidden layers' as {@link Initialisation#of} says for the activation, the last
     * layer's zero, so that a coupling begins as the identity.
     *
     * @param seed the same seed gives the same weights
     */
    public static Mlp create(MlpSettings settings, long seed) {
        SplitMix random = new SplitMix(seed);
        List<Dense> layers = new ArrayList<>();
        List<String> names = new ArrayList<>();
        int inputs = settings.inputs();
        for (int width : settings.hidden()) {
            layers.add(Dense.create(inputs, width, Initialisation.of(settings.activation()), random));
            names.add("layer" + names.size());
            inputs = width;
        }
        layers.add(Dense.create(inputs, settings.outputs(), Initialisation.ZERO, random));
        names.add("layer" + names.size());
        return new Mlp(settings, new DenseStack(layers, names));
    }

    public MlpSettings settings() {
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
    public Mlp copy() {
        return new Mlp(settings, layers.copy());
    }

    @Override
    public List<Runnable> gradientTasks(List<? extends Network.Pass> blocks) {
        return layers.gradientTasks(blocks);
    }

    @Override
    public Network.Pass pass(int maxRows, Memory memory) {
        return new MlpPass(layers, settings.activation(), maxRows, memory);
    }

    private static final class MlpPass implements DensePass {

        private final DenseStack layers;
        private final Activation activation;
        /** {@code values[i]} goes into layer i; the last is the output. */
        private final float[][] values;

        private final float[][] slopes;
        /** {@code gradients[i]} is the loss gradient of {@code values[i]}, before the activation where there is one. */
        private final float[][] gradients;

        private final Dense.Room room;
        private int rows;

        MlpPass(DenseStack layers, Activation activation, int maxRows, Memory memory) {
            this.layers = layers;
            this.activation = activation;
            int count = layers.size();
            values = new float[count + 1][];
            gradients = new float[count + 1][];
            slopes = new float[count][];
            room = layers.room(maxRows, memory.scratch());
            for (int i = 0; i <= count; i++) {
                int width = i < count ? layers.get(i).inputs() : layers.last().outputs();
                int length = Math.multiplyExact(maxRows, Padding.stride(width));
                values[i] = (i < count ? memory : memory.scratch()).floats(length);
                gradients[i] = memory.scratch().floats(length);
                if (i > 0 && i < count && activation.hasSlopes()) {
                    slopes[i] = memory.floats(length);
                }
            }
        }

        @Override
        public float[] input() {
            return values[0];
        }

        @Override
        public void forward(int rows) {
            this.rows = rows;
            int last = layers.size() - 1;
            for (int i = 0; i <= last; i++) {
                layers.get(i).forward(rows, values[i], values[i + 1], room);
                if (i < last) {
                    activation.forward(values[i + 1], slopes[i + 1], length(rows, i));
                }
            }
        }

        @Override
        public float[] output() {
            return values[layers.size()];
        }

        @Override
        public float[] outputGradient() {
            return gradients[layers.size()];
        }

        @Override
        public void backward(int rows) {
            for (int i = layers.size() - 1; i >= 0; i--) {
                layers.get(i).backward(rows, gradients[i + 1], gradients[i], room);
                if (i > 0) {
                    activation.backward(values[i], slopes[i], gradients[i], length(rows, i - 1));
                }
            }
        }

        private int length(int rows, int layer) {
            return rows * Padding.stride(layers.get(layer).outputs());
        }

        @Override
        public float[] inputGradient() {
            return gradients[0];
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
            return gradients[layer + 1];
        }
    }
}
