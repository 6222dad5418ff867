package dev.millrace.kernel;

import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Softmax}, a vector of entries at a time and equal to it to the bit. Each method takes whole vectors of entries. Sums and
 * maxima go through loops, so they are cast before they are used ({@link Tiles#VECTOR}).
 */
final class VectorSoftmax {

    private static final VectorSpecies<Double> DOUBLE = DoubleVector.SPECIES_PREFERRED;
    private static final int DOUBLES = DOUBLE.length();
    private static final Class<?> VECTOR = DOUBLE.vectorType();

    private VectorSoftmax() {}

    static void subtractLargest(int whole, int n, int count, double[] y, int at) {
        for (int i = 0; i < whole; i += DOUBLES) {
            subtractLargest(n, y, at + i, at + count * n + i);
        }
    }

    private static void subtractLargest(int n, double[] y, int first, int end) {
        DoubleVector found = DoubleVector.fromArray(DOUBLE, y, first);
        for (int p = first + n; p < end; p += n) {
            DoubleVector values = DoubleVector.fromArray(DOUBLE, y, p);
            // max() would take three times as long to get NaN and −0 right, which does not matter here.
            found = ((DoubleVector) VECTOR.cast(found)).blend(values, values.compare(GT, found));
        }
        DoubleVector largest = (DoubleVector) VECTOR.cast(found);
        for (int p = first; p < end; p += n) {
            DoubleVector.fromArray(DOUBLE, y, p).sub(largest).intoArray(y, p);
        }
    }

    static void normalise(int whole, int n, int count, double[] y, int at) {
        for (int i = 0; i < whole; i += DOUBLES) {
            normalise(n, y, at + i, at + count * n + i);
        }
    }

    private static void normalise(int n, double[] y, int first, int end) {
        DoubleVector added = DoubleVector.zero(DOUBLE);
        for (int p = first; p < end; p += n) {
            added = DoubleVector.fromArray(DOUBLE, y, p).add(added);
        }
        DoubleVector factor = DoubleVector.broadcast(DOUBLE, 1).div((DoubleVector) VECTOR.cast(added));
        for (int p = first; p < end; p += n) {
            DoubleVector.fromArray(DOUBLE, y, p).mul(factor).intoArray(y, p);
        }
    }

    static void backward(
            int whole, int n, int count, double[] y, int at, double[] step, double[] before, double[] on, double[] dx) {
        for (int i = 0; i < whole; i += DOUBLES) {
            backward(i, n, y, at + i, at + count * n + i, step, before, on, dx);
        }
    }

    private static void backward(
            int i, int n, double[] y, int first, int end, double[] step, double[] before, double[] on, double[] dx) {
        DoubleVector zero = DoubleVector.zero(DOUBLE);
        DoubleVector steps = DoubleVector.fromArray(DOUBLE, step, i);
        DoubleVector byEarlier = DoubleVector.fromArray(DOUBLE, before, i);
        DoubleVector byOn = DoubleVector.fromArray(DOUBLE, on, i);
        DoubleVector added = zero;
        double m = 0;
        for (int p = first; p < end; p += n, m++) {
            DoubleVector number = DoubleVector.broadcast(DOUBLE, m);
            DoubleVector gradient =
                    zero.blend(byEarlier, steps.compare(GT, number)).blend(byOn, steps.compare(EQ, number));
            added = DoubleVector.fromArray(DOUBLE, y, p).fma(gradient, added);
        }
        DoubleVector mean = (DoubleVector) VECTOR.cast(added);
        m = 0;
        for (int p = first; p < end; p += n, m++) {
            DoubleVector number = DoubleVector.broadcast(DOUBLE, m);
            DoubleVector gradient =
                    zero.blend(byEarlier, steps.compare(GT, number)).blend(byOn, steps.compare(EQ, number));
            DoubleVector.fromArray(DOUBLE, y, p).mul(gradient.sub(mean)).intoArray(dx, p);
        }
    }
}
