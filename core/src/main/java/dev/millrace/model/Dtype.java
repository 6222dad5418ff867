package dev.millrace.model;

import java.util.Arrays;

/** The element types that a {@link TensorFile} may hold: those of the safetensors format that Java has arrays for. */
public enum Dtype {
    /** IEEE 754 single precision, {@code float}. */
    F32(Float.BYTES),
    /** IEEE 754 double precision, {@code double}. */
    F64(Double.BYTES),
    /** 64-bit signed integer, {@code long}. */
    I64(Long.BYTES),
    /** 8-bit unsigned integer, in a {@code byte}. */
    U8(Byte.BYTES);

    /** Dimensions that a tensor may have. */
    static final int MAX_RANK = 8;

    /** The longest array that every JVM can allocate. */
    private static final int MAX_BYTES = Integer.MAX_VALUE - 8;

    private final int size;

    Dtype(int size) {
        this.size = size;
    }

    /** Bytes of one element. */
    public int size() {
        return size;
    }

    /**
     * Bytes of a whole tensor.
     *
     * @throws IllegalArgumentException if the shape has a negative dimension, more than 8 dimensions, or more elements
     *     than fit a Java array; a dimension of 0 does not excuse those before it
     */
    int bytes(int... shape) {
        if (shape.length > MAX_RANK) {
            throw new IllegalArgumentException(shape.length + " dimensions, at most " + MAX_RANK + " are allowed");
        }
        long bytes = size;
        for (int dimension : shape) {
            if (dimension < 0) {
                throw new IllegalArgumentException("the dimension " + dimension + " is negative");
            }
            bytes *= dimension;
            // In every step, so that the product of the next one fits a long.
            if (bytes > MAX_BYTES) {
                throw new IllegalArgumentException(this + " of shape " + Arrays.toString(shape)
                        + " takes more than the " + MAX_BYTES + " bytes of the largest array");
            }
        }
        return (int) bytes;
    }
}
