package dev.millrace.net;

import java.util.Arrays;
import java.util.Optional;

/**
 * A named array of a model's state: a parameter, which training changes by its gradient, or a buffer, which is saved
 * with the model but has no gradient (running statistics, flags).
 *
 * <p>The arrays are live: whoever holds the tensor can change the model. A trained flow's tensors must not be changed.
 */
public sealed interface Tensor permits FloatTensor, DoubleTensor {

    /** Rows, then columns, or one number for a vector; without padding. */
    int[] shape();

    /** Whether training changes it by a gradient. */
    boolean trainable();

    /** A tensor with the same values and no gradient. */
    Tensor copy();

    /** The live parts of the sum of the gradient's squares, if the work that sets the gradient leaves them. */
    Optional<double[]> squaresOfGradient();

    /** Entries, without padding. */
    default int size() {
        int size = 1;
        for (int length : shape()) {
            size = Math.multiplyExact(size, length);
        }
        return size;
    }

    /**
     * Takes over the values of a tensor of the same shape and kind.
     *
     * @throws IllegalArgumentException if shape or kind differ
     */
    default void copyFrom(Tensor other) {
        if (this instanceof FloatTensor to
                && other instanceof FloatTensor from
                && Arrays.equals(shape(), other.shape())) {
            System.arraycopy(from.data(), 0, to.data(), 0, to.data().length);
        } else if (this instanceof DoubleTensor to
                && other instanceof DoubleTensor from
                && Arrays.equals(shape(), other.shape())) {
            System.arraycopy(from.data(), 0, to.data(), 0, to.data().length);
        } else {
            throw new IllegalArgumentException("a tensor of shape " + Arrays.toString(shape())
                    + " cannot take the values of one of shape " + Arrays.toString(other.shape()));
        }
    }
}
