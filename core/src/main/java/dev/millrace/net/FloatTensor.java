package dev.millrace.net;

import dev.millrace.kernel.Padding;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * A trainable float matrix, or a vector as a matrix of one row. Rows are padded with zeros to whole vectors; the padding
 * has no gradient and stays zero.
 */
public final class FloatTensor implements Tensor {

    private final int rows;
    private final int columns;
    private final int stride;
    private final boolean vector;
    private final float[] data;
    private float[] gradient;
    private double[] squares;

    private FloatTensor(int rows, int columns, boolean vector, float[] data) {
        this.rows = rows;
        this.columns = columns;
        this.stride = Padding.padded(columns);
        this.vector = vector;
        this.data = data;
    }

    /** A matrix of zeros. */
    public static FloatTensor matrix(int rows, int columns) {
        return new FloatTensor(rows, columns, false, new float[Math.multiplyExact(rows, Padding.padded(columns))]);
    }

    /** A vector of zeros. */
    public static FloatTensor vector(int length) {
        return new FloatTensor(1, length, true, new float[Padding.padded(length)]);
    }

    @Override
    public FloatTensor copy() {
        return new FloatTensor(rows, columns, vector, data.clone());
    }

    /** A tensor of zeros of this shape. */
    public FloatTensor zeros() {
        return new FloatTensor(rows, columns, vector, new float[data.length]);
    }

    public int rows() {
        return rows;
    }

    public int columns() {
        return columns;
    }

    /** Entries from the start of a row to the start of the next. */
    public int stride() {
        return stride;
    }

    /** The live values: entry (i, j) at {@code i * stride() + j}. */
    public float[] data() {
        return data;
    }

    /** The live gradient in the layout of {@link #data()}; allocated when first asked for. */
    public float[] gradient() {
        if (gradient == null) {
            gradient = new float[data.length];
        }
        return gradient;
    }

    /**
     * Says that the work that sets the gradient also leaves the sum of its squares.
     *
     * @return where it leaves it, in parts
     */
    double[] squaresOfGradient(int parts) {
        if (squares == null) {
            squares = new double[parts];
        }
        return squares;
    }

    @Override
    public Optional<double[]> squaresOfGradient() {
        return Optional.ofNullable(squares);
    }

    /** The values without padding, row after row. */
    public float[] values() {
        float[] values = new float[size()];
        get(0, FloatBuffer.wrap(values));
        return values;
    }

    /**
     * Gives as many values as a buffer has room for.
     *
     * @param from the first, counted without padding, row after row
     */
    public void get(int from, FloatBuffer into) {
        for (int at = from; into.hasRemaining(); ) {
            int count = Math.min(columns - at % columns, into.remaining());
            into.put(data, at / columns * stride + at % columns, count);
            at += count;
        }
    }

    /**
     * Sets all values.
     *
     * @param values without padding, row after row
     * @throws IllegalArgumentException if they are not {@link #size()}
     */
    public void setValues(float[] values) {
        if (values.length != size()) {
            throw new IllegalArgumentException(
                    "expected " + size() + " values of shape " + Arrays.toString(shape()) + ", got " + values.length);
        }
        put(0, FloatBuffer.wrap(values));
    }

    /**
     * Takes the values of a buffer.
     *
     * @param from the first that they are for, counted without padding, row after row
     */
    public void put(int from, FloatBuffer values) {
        for (int at = from; values.hasRemaining(); ) {
            int count = Math.min(columns - at % columns, values.remaining());
            values.get(data, at / columns * stride + at % columns, count);
            at += count;
        }
    }

    @Override
    public int[] shape() {
        return vector ? new int[] {columns} : new int[] {rows, columns};
    }

    @Override
    public boolean trainable() {
        return true;
    }
}
