package dev.millrace.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the header of a {@link TensorFile} says of one tensor.
 *
 * @param name its name
 * @param dtype the type of its elements
 * @param shape its dimensions
 * @param begin where its first byte is, counted from the end of the header
 * @param end where its last byte has been; {@code end - begin} agrees with type and shape
 */
record TensorEntry(String name, Dtype dtype, int[] shape, long begin, long end) {

    /** The entry that a header has under {@code name}, checked as far as that is possible on its own. */
    static TensorEntry parse(String name, Fields fields) {
        Dtype dtype = dtype(fields);
        int[] shape = fields.ints("shape");
        long[] offsets = fields.longs("data_offsets");
        fields.end();
        if (offsets.length != 2 || offsets[0] < 0 || offsets[1] < offsets[0]) {
            throw fields.refusal("data_offsets", "expected two numbers, 0 ≤ begin ≤ end");
        }
        long found = offsets[1] - offsets[0];
        long expected = bytes(name, dtype, shape, fields);
        if (found != expected) {
            throw fields.refusal(
                    "data_offsets",
                    "expected " + expected + " bytes, as " + dtype + " and the shape say, found " + found);
        }
        return new TensorEntry(name, dtype, shape, offsets[0], offsets[1]);
    }

    /** Bytes of its elements. */
    long byteCount() {
        return end - begin;
    }

    /** The value that a header has under the name. */
    Map<String, Object> tree() {
        List<Object> dimensions = new ArrayList<>();
        for (int dimension : shape) {
            dimensions.add(dimension);
        }
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("dtype", dtype.name());
        tree.put("shape", dimensions);
        tree.put("data_offsets", List.of(begin, end));
        return tree;
    }

    private static Dtype dtype(Fields fields) {
        String name = fields.string("dtype");
        for (Dtype dtype : Dtype.values()) {
            if (dtype.name().equals(name)) {
                return dtype;
            }
        }
        throw fields.refusal("dtype", "expected F32, F64, I64 or U8, found " + Excerpt.of(name));
    }

    private static int bytes(String name, Dtype dtype, int[] shape, Fields fields) {
        try {
            StoredTensor.checkName(name);
            return dtype.bytes(shape);
        } catch (IllegalArgumentException e) {
            throw new ModelFormatException(fields.where() + ": " + e.getMessage(), e);
        }
    }
}
