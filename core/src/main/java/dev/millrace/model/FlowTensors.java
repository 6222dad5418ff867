package dev.millrace.model;

import dev.millrace.net.DoubleTensor;
import dev.millrace.net.FloatTensor;
import dev.millrace.net.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The state of flows as the tensors of a file, and back: each number is copied once, since a large flow's weights do not
 * fit memory many times.
 *
 * @param tensors by their names in the file, in order
 */
record FlowTensors(Map<String, Tensor> tensors) {

    /** What a file holds of them; live until it is written. */
    List<TensorContent> contents() {
        List<TensorContent> contents = new ArrayList<>();
        tensors.forEach((name, tensor) -> contents.add(content(name, tensor)));
        return contents;
    }

    private static TensorContent content(String name, Tensor tensor) {
        return new TensorContent(name, dtype(tensor), tensor.shape(), (at, piece) -> {
            if (tensor instanceof FloatTensor floats) {
                floats.get(at / Float.BYTES, piece.asFloatBuffer());
            } else if (tensor instanceof DoubleTensor doubles) {
                piece.asDoubleBuffer().put(doubles.data(), at / Double.BYTES, piece.remaining() / Double.BYTES);
            }
        });
    }

    private static Dtype dtype(Tensor tensor) {
        return tensor instanceof FloatTensor ? Dtype.F32 : Dtype.F64;
    }

    /**
     * Takes over the numbers of a file that has these tensors and no others.
     *
     * @throws ModelFormatException if one is missing, has another shape or type, or holds a NaN or an infinity
     */
    void read(TensorFileReader reader) throws IOException {
        requireAll(reader.header());
        reader.read(entry -> target(entry.name(), tensors.get(entry.name())));
    }

    private void requireAll(TensorHeader header) {
        if (header.entries().size() != tensors.size()) {
            throw new ModelFormatException("the architecture has " + tensors.size() + " tensors, but the file holds "
                    + header.entries().size());
        }
        Map<String, TensorEntry> found = new HashMap<>();
        header.entries().forEach(entry -> found.put(entry.name(), entry));
        tensors.forEach((name, tensor) -> {
            if (!found.containsKey(name)) {
                throw new ModelFormatException("tensor " + Excerpt.of(name) + ": missing");
            }
            requireAlike(found.get(name), tensor);
        });
    }

    private static void requireAlike(TensorEntry entry, Tensor tensor) {
        Dtype expected = dtype(tensor);
        if (entry.dtype() != expected || !Arrays.equals(entry.shape(), tensor.shape())) {
            throw new ModelFormatException("tensor " + entry.name() + ": expected " + expected + " of shape "
                    + Arrays.toString(tensor.shape()) + ", found " + entry.dtype() + " of shape "
                    + Arrays.toString(entry.shape()));
        }
    }

    private static TensorFileReader.Elements target(String name, Tensor tensor) {
        return (at, piece) -> {
            requireFinite(name, tensor, piece);
            if (tensor instanceof FloatTensor floats) {
                floats.put(at / Float.BYTES, piece.asFloatBuffer());
            } else if (tensor instanceof DoubleTensor doubles) {
                piece.asDoubleBuffer().get(doubles.data(), at / Double.BYTES, piece.remaining() / Double.BYTES);
            }
        };
    }

    private static void requireFinite(String name, Tensor tensor, ByteBuffer piece) {
        int size = dtype(tensor).size();
        for (int at = 0; at < piece.limit(); at += size) {
            double value = size == Float.BYTES ? piece.getFloat(at) : piece.getDouble(at);
            if (!Double.isFinite(value)) {
                throw new ModelFormatException("tensor " + name + ": holds " + value + ", expected finite numbers");
            }
        }
    }
}
