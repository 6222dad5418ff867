package dev.millrace.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A named array of numbers with a shape, row-major, as a {@link TensorFile} holds it. Immutable: arrays are copied on
 * the way in and out. It keeps the bytes of the file, so a number comes back bit for bit, a NaN with its payload too,
 * and two tensors are equal if their bits are.
 */
public final class StoredTensor {

    /** The key of the header that is not a tensor. */
    static final String METADATA = "__metadata__";

    static final int MAX_NAME = 1_000;

    private final String name;
    private final Dtype dtype;
    private final int[] shape;
    private final byte[] littleEndian;

    /** Keeps the arrays, which nobody else may change from here on. */
    StoredTensor(String name, Dtype dtype, int[] shape, byte[] littleEndian) {
        this.name = name;
        this.dtype = dtype;
        this.shape = shape;
        this.littleEndian = littleEndian;
    }

    /**
     * A tensor of {@link Dtype#F32}.
     *
     * @param name unique in its file, at most 1,000 characters
     * @param shape at most 8 dimensions, each at least 0; none for a single number
     * @param data the elements, as many as the shape says
     * @throws IllegalArgumentException if one of these does not hold, or the data has 2 GiB or more
     */
    public static StoredTensor of(String name, int[] shape, float[] data) {
        ByteBuffer bytes = allocate(name, Dtype.F32, shape, data.length);
        bytes.asFloatBuffer().put(data);
        return new StoredTensor(name, Dtype.F32, shape.clone(), bytes.array());
    }

    /** A tensor of {@link Dtype#F64}; otherwise like {@link #of(String, int[], float[])}. */
    public static StoredTensor of(String name, int[] shape, double[] data) {
        ByteBuffer bytes = allocate(name, Dtype.F64, shape, data.length);
        bytes.asDoubleBuffer().put(data);
        return new StoredTensor(name, Dtype.F64, shape.clone(), bytes.array());
    }

    /** A tensor of {@link Dtype#I64}; otherwise like {@link #of(String, int[], float[])}. */
    public static StoredTensor of(String name, int[] shape, long[] data) {
        ByteBuffer bytes = allocate(name, Dtype.I64, shape, data.length);
        bytes.asLongBuffer().put(data);
        return new StoredTensor(name, Dtype.I64, shape.clone(), bytes.array());
    }

    /** A tensor of {@link Dtype#U8}; otherwise like {@link #of(String, int[], float[])}. */
    public static StoredTensor of(String name, int[] shape, byte[] data) {
        ByteBuffer bytes = allocate(name, Dtype.U8, shape, data.length);
        bytes.put(data);
        return new StoredTensor(name, Dtype.U8, shape.clone(), bytes.array());
    }

    /** The name, unique in its file. */
    public String name() {
        return name;
    }

    /** The type of the elements. */
    public Dtype dtype() {
        return dtype;
    }

    /** The dimensions, outermost first; empty for a single number. */
    public int[] shape() {
        return shape.clone();
    }

    /**
     * The elements as a new array.
     *
     * @throws ModelFormatException if the type is not {@link Dtype#F32}
     */
    public float[] floats() {
        ByteBuffer bytes = elements(Dtype.F32);
        float[] data = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(data);
        return data;
    }

    /**
     * The elements as a new array.
     *
     * @throws ModelFormatException if the type is not {@link Dtype#F64}
     */
    public double[] doubles() {
        ByteBuffer bytes = elements(Dtype.F64);
        double[] data = new double[bytes.remaining() / Double.BYTES];
        bytes.asDoubleBuffer().get(data);
        return data;
    }

    /**
     * The elements as a new array.
     *
     * @throws ModelFormatException if the type is not {@link Dtype#I64}
     */
    public long[] longs() {
        ByteBuffer bytes = elements(Dtype.I64);
        long[] data = new long[bytes.remaining() / Long.BYTES];
        bytes.asLongBuffer().get(data);
        return data;
    }

    /**
     * The elements as a new array.
     *
     * @throws ModelFormatException if the type is not {@link Dtype#U8}
     */
    public byte[] bytes() {
        return elements(Dtype.U8).array().clone();
    }

    /** What a file holds of it. */
    TensorContent content() {
        return new TensorContent(name, dtype, shape, (at, piece) -> piece.put(littleEndian, at, piece.remaining()));
    }

    /** Refuses a name that a file cannot have. */
    static void checkName(String name) {
        if (name.length() > MAX_NAME) {
            throw new IllegalArgumentException(
                    "a name of " + name.length() + " characters, at most " + MAX_NAME + " are allowed");
        }
        if (name.equals(METADATA)) {
            throw new IllegalArgumentException("the name " + METADATA + " is reserved");
        }
        if (Json.unpairedSurrogate(name) >= 0) {
            throw new IllegalArgumentException("a name with a surrogate without its partner: " + Excerpt.of(name));
        }
    }

    private static ByteBuffer allocate(String name, Dtype dtype, int[] shape, int count) {
        checkName(name);
        int bytes = dtype.bytes(shape);
        if (bytes / dtype.size() != count) {
            throw new IllegalArgumentException(Excerpt.of(name) + ": the shape " + Arrays.toString(shape) + " has "
                    + bytes / dtype.size() + " elements, the array has " + count);
        }
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private ByteBuffer elements(Dtype expected) {
        if (dtype != expected) {
            throw new ModelFormatException(
                    "tensor " + Excerpt.of(name) + ": expected elements of type " + expected + ", found " + dtype);
        }
        return ByteBuffer.wrap(littleEndian).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StoredTensor that
                && name.equals(that.name)
                && dtype == that.dtype
                && Arrays.equals(shape, that.shape)
                && Arrays.equals(littleEndian, that.littleEndian);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + Arrays.hashCode(littleEndian);
    }

    /** The name, type and shape, like {@code layers.0.weight F32[3, 4]}. */
    @Override
    public String toString() {
        return name + ' ' + dtype + Arrays.toString(shape);
    }
}
