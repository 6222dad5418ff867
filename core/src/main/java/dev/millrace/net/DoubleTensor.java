package dev.millrace.net;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A double array of a flow layer's state: a parameter or a buffer. */
public final class DoubleTensor implements Tensor {

    private final int[] shape;
    private final boolean trainable;
    private final double pace;
    private final double[] data;
    private double[] gradient;
    private double[] squares;

    private DoubleTensor(int[] shape, boolean trainable, double pace, double[] data) {
        this.shape = shape;
        this.trainable = trainable;
        this.pace = pace;
        this.data = data;
    }

    /** A parameter with these first values. */
    public static DoubleTensor parameter(double... values) {
        return parameterAtPace(1, values);
    }

    /** A parameter whose steps are {@code pace} times as long as those of others. */
    public static DoubleTensor parameterAtPace(double pace, double... values) {
        return new DoubleTensor(new int[] {values.length}, true, pace, values.clone());
    }

    /** A square matrix of parameters, row after row, beginning at zero. */
    public static DoubleTensor squareParameter(int n) {
        return new DoubleTensor(new int[] {n, n}, true, 1, new double[Math.multiplyExact(n, n)]);
    }

    /** A buffer with these first values. */
    public static DoubleTensor buffer(double... values) {
        return new DoubleTensor(new int[] {values.length}, false, 1, values.clone());
    }

    @Override
    public DoubleTensor copy() {
        return new DoubleTensor(shape, trainable, pace, data.clone());
    }

    /** A tensor of zeros of this shape and kind. */
    public DoubleTensor zeros() {
        return new DoubleTensor(shape, trainable, pace, new double[data.length]);
    }

    /** What the learning rate is multiplied by when this is trained. */
    public double pace() {
        return pace;
    }

    /** The live values. */
    public double[] data() {
        return data;
    }

    /**
     * The live gradient; allocated when first asked for.
     *
     * @throws IllegalStateException if this is a buffer
     */
    public double[] gradient() {
        if (!trainable) {
            throw new IllegalStateException("a buffer has no gradient");
        }
        if (gradient == null) {
            gradient = new double[data.length];
        }
        return gradient;
    }

    /**
     * The work of setting the gradient to the sum of parts that blocks of rows compute, in the order of the blocks. It
     * leaves the sum of the gradient's squares.
     *
     * @param parts live arrays as long as this tensor
     */
    public Runnable gradientFrom(List<double[]> parts) {
        double[] sum = gradient();
        if (squares == null) {
            squares = new double[1];
        }
        double[] sumOfSquares = squares;
        double[][] addends = parts.toArray(double[][]::new);
        return () -> {
            Arrays.fill(sum, 0);
            for (double[] addend : addends) {
                for (int j = 0; j < sum.length; j++) {
                    sum[j] += addend[j];
                }
            }
            sumOfSquares[0] = 0;
            for (double entry : sum) {
                sumOfSquares[0] += entry * entry;
            }
        };
    }

    @Override
    public Optional<double[]> squaresOfGradient() {
        return Optional.ofNullable(squares);
    }

    @Override
    public int[] shape() {
        return shape.clone();
    }

    @Override
    public boolean trainable() {
        return trainable;
    }
}
