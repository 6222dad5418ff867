package dev.millrace.bijection;

import dev.millrace.net.Tensor;
import java.util.List;
import java.util.Map;

/** A bijection without parameters or buffers, which never changes. */
public interface Parameterless extends Bijection {

    @Override
    default Map<String, Tensor> state() {
        return Map.of();
    }

    @Override
    default void parametersChanged() {}

    /** This very bijection. */
    @Override
    default Bijection copy() {
        return this;
    }

    @Override
    default List<Runnable> gradientTasks(List<? extends Pass> blocks) {
        return List.of();
    }
}
