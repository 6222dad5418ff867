package dev.millrace.model;

import dev.millrace.net.DoubleTensor;
import dev.millrace.net.FloatTensor;
import dev.millrace.net.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A flow's state as the tensors of a file, and back. */
final class FlowTensors {

    private FlowTensors() {}

    /** Adds tensors under a prefix. */
    static void write(String prefix, Map<String, Tensor> state, List<StoredTensor> into) {
        state.forEach((name, tensor) -> into.add(
                tensor instanceof FloatTensor floats
                        ? StoredTensor.of(prefix + name, floats.shape(), floats.values())
                        : StoredTensor.of(prefix + name, tensor.shape(), ((DoubleTensor) tensor).data())));
    }

    static List<StoredTensor> list(Map<String, Tensor> state) {
        List<StoredTensor> tensors = new ArrayList<>();
        write("", state, tensors);
        return tensors;
    }

    /**
     * Fills a state from the tensors under a prefix.
     *
     * @throws ModelFormatException if one is missing, has another shape or type, or holds a NaN or an infinity
     */
    static void read(String prefix, TensorFile file, Map<String, Tensor> state) {
        state.forEach((name, tensor) -> read(file, prefix + name, tensor));
    }

    private static void read(TensorFile file, String name, Tensor tensor) {
        StoredTensor stored = file.tensor(name);
        Dtype expected = tensor instanceof FloatTensor ? Dtype.F32 : Dtype.F64;
        if (stored.dtype() != expected || !Arrays.equals(stored.shape(), tensor.shape())) {
            throw new ModelFormatException("tensor " + name + ": expected " + expected + " of shape "
                    + Arrays.toString(tensor.shape()) + ", found " + stored.dtype() + " of shape "
                    + Arrays.toString(stored.shape()));
        }
        if (tensor instanceof FloatTensor floats) {
            float[] values = stored.floats();
            for (float value : values) {
                requireFinite(name, value);
            }
            floats.setValues(values);
        } else {
            double[] values = stored.doubles();
            for (double value : values) {
                requireFinite(name, value);
            }
            System.arraycopy(values, 0, ((DoubleTensor) tensor).data(), 0, values.length);
        }
    }

    private static void requireFinite(String name, double value) {
        if (!Double.isFinite(value)) {
            throw new ModelFormatException("tensor " + name + ": holds " + value + ", expected finite numbers");
        }
    }

    /** How many numbers a file holds that a state can take. */
    static long count(TensorFile file) {
        long count = 0;
        for (StoredTensor tensor : file.tensors().values()) {
            if (tensor.dtype() == Dtype.F32 || tensor.dtype() == Dtype.F64) {
                count += tensor.byteCount() / tensor.dtype().size();
            }
        }
        return count;
    }
}
