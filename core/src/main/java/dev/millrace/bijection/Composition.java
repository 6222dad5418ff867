package dev.millrace.bijection;

import dev.millrace.kernel.Memory;
import dev.millrace.net.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Bijections one after the other: forward goes through the first layer first. Log-dets add up.
 *
 * @param layers at least one; each takes the shape that the one before gives
 */
public record Composition(List<Bijection> layers) implements Bijection {

    /** Activations of so many rows of a table fit into the second-level cache beside a layer's weights. */
    private static final int MAX_BLOCK_ROWS = 64;

    /** A row of an image may have this many in one array; then it is a block by itself. */
    private static final int MAX_BLOCK_NUMBERS = 1 << 16;

    /** @throws IllegalArgumentException if there is no layer or two neighbours' shapes differ */
    public Composition {
        layers = List.copyOf(layers);
        if (layers.isEmpty()) {
            throw new IllegalArgumentException("a composition needs at least one layer");
        }
        for (int i = 1; i < layers.size(); i++) {
            Shape given = layers.get(i - 1).outputShape();
            Shape taken = layers.get(i).inputShape();
            if (!given.equals(taken)) {
                throw new IllegalArgumentException(
                        "layer " + i + " takes " + taken + ", but layer " + (i - 1) + " gives " + given);
            }
        }
    }

    /** These bijections, the first to be applied first. */
    public static Composition of(Bijection... layers) {
        return new Composition(List.of(layers));
    }

    @Override
    public Shape inputShape() {
        return layers.get(0).inputShape();
    }

    @Override
    public Shape outputShape() {
        return layers.get(layers.size() - 1).outputShape();
    }

    @Override
    public int width() {
        return layers.stream().mapToInt(Bijection::width).max().orElseThrow();
    }

    /**
     * How many rows should go through the layers together: 64, or fewer where they are {@linkplain #width() wide}. A
     * function of the layers alone, so that sums over blocks do not depend on who computes them.
     */
    public int blockRows() {
        return Math.max(1, Math.min(MAX_BLOCK_ROWS, MAX_BLOCK_NUMBERS / width()));
    }

    @Override
    public Map<String, Tensor> state() {
        Map<String, Tensor> state = new LinkedHashMap<>();
        for (int i = 0; i < layers.size(); i++) {
            String prefix = i + ".";
            layers.get(i).state().forEach((name, tensor) -> state.put(prefix + name, tensor));
        }
        return state;
    }

    @Override
    public void parametersChanged() {
        layers.forEach(Bijection::parametersChanged);
    }

    @Override
    public Composition copy() {
        return new Composition(layers.stream().map(Bijection::copy).toList());
    }

    @Override
    public Composition inverted() {
        List<Bijection> inverses =
                new ArrayList<>(layers.stream().map(Bijection::inverted).toList());
        Collections.reverse(inverses);
        return new Composition(inverses);
    }

    @Override
    public void initialise(double[] x, int rows) {
        double[] current = x.clone();
        for (Bijection layer : layers) {
            layer.initialise(current, rows);
            forwardInPlace(layer, current, rows);
        }
    }

    /** Block by block, so that a layer's working arrays stay small however many rows there are. */
    private void forwardInPlace(Bijection layer, double[] rows, int count) {
        int dimension = dimension();
        int blockRows = blockRows();
        Pass pass = layer.pass(blockRows, Memory.shared());
        double[] x = new double[blockRows * dimension];
        double[] z = new double[blockRows * dimension];
        for (int from = 0; from < count; from += blockRows) {
            int n = Math.min(blockRows, count - from);
            System.arraycopy(rows, from * dimension, x, 0, n * dimension);
            pass.forward(n, x, z, new double[n]);
            System.arraycopy(z, 0, rows, from * dimension, n * dimension);
        }
    }

    @Override
    public List<Runnable> gradientTasks(List<? extends Pass> blocks) {
        List<Runnable> tasks = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            int layer = i;
            tasks.addAll(layers.get(i)
                    .gradientTasks(blocks.stream()
                            .map(pass -> ((CompositionPass) pass).passes[layer])
                            .toList()));
        }
        return tasks;
    }

    /**
     * Working arrays of all layers. {@link Pass#backward} needs a {@linkplain Memory#kept() kept} memory; with any
     * other, layers overwrite what their neighbours still need. A flow takes compositions apart and has no such limit.
     */
    @Override
    public Pass pass(int maxRows, Memory memory) {
        return new CompositionPass(layers, maxRows, memory);
    }

    private static final class CompositionPass implements Pass {

        private final Pass[] passes;
        private final int dimension;
        /** {@code values[i]} goes into layer i + 1; ends are the caller's arrays. */
        private final double[][] values;

        private final double[] gradient;
        private final double[] nextGradient;

        CompositionPass(List<Bijection> layers, int maxRows, Memory memory) {
            dimension = layers.get(0).dimension();
            int length = Math.multiplyExact(maxRows, dimension);
            passes = new Pass[layers.size()];
            values = new double[layers.size() - 1][];
            gradient = new double[length];
            nextGradient = new double[length];
            for (int i = 0; i < passes.length; i++) {
                passes[i] = layers.get(i).pass(maxRows, memory);
                memory.nextLayer();
            }
            for (int i = 0; i < values.length; i++) {
                values[i] = new double[length];
            }
        }

        @Override
        public void forward(int rows, double[] x, double[] z, double[] logDet) {
            int last = passes.length - 1;
            for (int i = 0; i <= last; i++) {
                passes[i].forward(rows, i == 0 ? x : values[i - 1], i == last ? z : values[i], logDet);
            }
        }

        @Override
        public void inverse(int rows, double[] z, double[] x, double[] logDet) {
            int last = passes.length - 1;
            for (int i = last; i >= 0; i--) {
                passes[i].inverse(rows, i == last ? z : values[i], i == 0 ? x : values[i - 1], logDet);
            }
        }

        @Override
        public void backward(int rows, double[] x, double[] dz, double[] dLogDet, double[] dx) {
            double[] incoming = dz;
            for (int i = passes.length - 1; i >= 0; i--) {
                double[] outgoing = i == 0 ? dx : incoming == gradient ? nextGradient : gradient;
                passes[i].backward(rows, i == 0 ? x : values[i - 1], incoming, dLogDet, outgoing);
                incoming = outgoing;
            }
        }
    }
}
