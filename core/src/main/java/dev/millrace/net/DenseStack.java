package dev.millrace.net;

import dev.millrace.kernel.Memory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The linear layers of a network: their state, and how their gradients are shared out. */
final class DenseStack {

    private final List<Dense> layers;
    private final List<String> names;

    DenseStack(List<Dense> layers, List<String> names) {
        this.layers = List.copyOf(layers);
        this.names = List.copyOf(names);
    }

    DenseStack copy() {
        return new DenseStack(layers.stream().map(Dense::copy).toList(), names);
    }

    Dense get(int layer) {
        return layers.get(layer);
    }

    int size() {
        return layers.size();
    }

    Dense last() {
        return layers.get(layers.size() - 1);
    }

    /** What a pass through the layers works in. */
    Dense.Room room(int maxRows, Memory memory) {
        return Dense.Room.of(layers, maxRows, memory);
    }

    Map<String, Tensor> state() {
        Map<String, Tensor> state = new LinkedHashMap<>();
        for (int i = 0; i < layers.size(); i++) {
            layers.get(i).state(names.get(i), state);
        }
        return state;
    }

    void parametersChanged() {
        for (int i = 0; i < layers.size(); i++) {
            layers.get(i).parametersChanged();
        }
    }

    List<Runnable> gradientTasks(List<? extends Network.Pass> blocks) {
        DensePass[] passes = blocks.toArray(DensePass[]::new);
        List<Runnable> tasks = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            layers.get(i).gradientTasks(i, passes, tasks);
        }
        return tasks;
    }
}
