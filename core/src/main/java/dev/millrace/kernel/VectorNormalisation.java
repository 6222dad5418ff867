package dev.millrace.kernel;

import static dev.millrace.kernel.Tiles.VECTOR;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Scaled, shifted and rectified channels in vector form. */
final class VectorNormalisation {

    private static final VectorSpecies<Float> FLOAT = FloatVector.SPECIES_PREFERRED;
    private static final int FLOATS = FLOAT.length();

    private VectorNormalisation() {}

    /** See {@link Kernel#scaleShiftRelu}. */
    static void forward(int pixels, int channels, float[] x, int at, float[] scale, float[] shift, float[] y) {
        FloatVector zero = FloatVector.zero(FLOAT);
        for (int c = 0; c < channels; c += FLOATS) {
            FloatVector factor = FloatVector.fromArray(FLOAT, scale, c);
            FloatVector addend = FloatVector.fromArray(FLOAT, shift, c);
            int end = at + pixels * channels;
            for (int i = at + c; i < end; i += channels) {
                FloatVector.fromArray(FLOAT, x, i).fma(factor, addend).max(zero).intoArray(y, i);
            }
        }
    }

    /** See {@link Kernel#scaleShiftReluBackward}. */
    static void backward(
            int pixels,
            int channels,
            float[] x,
            int at,
            float[] mean,
            float[] scale,
            float[] shift,
            float[] dy,
            float[] dx,
            float[] sums) {
        FloatVector zero = FloatVector.zero(FLOAT);
        int end = at + pixels * channels;
        for (int c = 0; c < channels; c += FLOATS) {
            FloatVector centre = FloatVector.fromArray(FLOAT, mean, c);
            FloatVector factor = FloatVector.fromArray(FLOAT, scale, c);
            FloatVector addend = FloatVector.fromArray(FLOAT, shift, c);
            FloatVector sum = zero;
            FloatVector squares = zero;
            FloatVector gradient = zero;
            FloatVector product = zero;
            for (int i = at + c; i < end; i += channels) {
                FloatVector value = FloatVector.fromArray(FLOAT, x, i);
                FloatVector centred = value.sub(centre);
                VectorMask<Float> positive = value.fma(factor, addend).compare(VectorOperators.GT, zero);
                FloatVector dz = zero.blend(FloatVector.fromArray(FLOAT, dy, i), positive);
                // The sums are arguments, since the JIT does not know their class here (Tiles.VECTOR).
                sum = centred.add(sum);
                squares = centred.fma(centred, squares);
                gradient = dz.add(gradient);
                product = dz.fma(centred, product);
                dz.mul(factor).intoArray(dx, i);
            }
            ((FloatVector) VECTOR.cast(sum)).intoArray(sums, c);
            ((FloatVector) VECTOR.cast(squares)).intoArray(sums, channels + c);
            ((FloatVector) VECTOR.cast(gradient)).intoArray(sums, 2 * channels + c);
            ((FloatVector) VECTOR.cast(product)).intoArray(sums, 3 * channels + c);
        }
    }
}
