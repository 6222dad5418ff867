package dev.millrace.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The product of one row with a matrix in vector form. Every weight is used once, so that what counts is how they are read: four
 * whole rows of the matrix at a time, from front to back, which the processor fetches ahead, while the row of sums stays in
 * the first-level cache.
 */
final class VectorRowProduct {

    private static final VectorSpecies<Float> FLOAT = FloatVector.SPECIES_PREFERRED;
    private static final int FLOATS = FLOAT.length();

    private VectorRowProduct() {}

    /** See {@link Kernel#multiplyRow}. */
    static void multiply(int n, float[] a, int[] entries, int count, float[] b, int bStride, float[] start, float[] c) {
        int columns = (n + FLOATS - 1) / FLOATS * FLOATS;
        System.arraycopy(start, 0, c, 0, columns);
        int i = 0;
        for (; i + 4 <= count; i += 4) {
            addFour(columns, a, entries[i], entries[i + 1], entries[i + 2], entries[i + 3], b, bStride, c);
        }
        for (; i < count; i++) {
            add(columns, a[entries[i]], b, entries[i] * bStride, c);
        }
    }

    private static void addFour(
            int n, float[] a, int entry0, int entry1, int entry2, int entry3, float[] b, int bStride, float[] c) {
        FloatVector a0 = FloatVector.broadcast(FLOAT, a[entry0]);
        FloatVector a1 = FloatVector.broadcast(FLOAT, a[entry1]);
        FloatVector a2 = FloatVector.broadcast(FLOAT, a[entry2]);
        FloatVector a3 = FloatVector.broadcast(FLOAT, a[entry3]);
        int row0 = entry0 * bStride;
        int row1 = entry1 * bStride;
        int row2 = entry2 * bStride;
        int row3 = entry3 * bStride;
        for (int j = 0; j < n; j += FLOATS) {
            FloatVector sum = FloatVector.fromArray(FLOAT, c, j);
            sum = a0.fma(FloatVector.fromArray(FLOAT, b, row0 + j), sum);
            sum = a1.fma(FloatVector.fromArray(FLOAT, b, row1 + j), sum);
            sum = a2.fma(FloatVector.fromArray(FLOAT, b, row2 + j), sum);
            sum = a3.fma(FloatVector.fromArray(FLOAT, b, row3 + j), sum);
            sum.intoArray(c, j);
        }
    }

    private static void add(int n, float factor, float[] b, int row, float[] c) {
        FloatVector factors = FloatVector.broadcast(FLOAT, factor);
        for (int j = 0; j < n; j += FLOATS) {
            FloatVector sum = FloatVector.fromArray(FLOAT, c, j);
            factors.fma(FloatVector.fromArray(FLOAT, b, row + j), sum).intoArray(c, j);
        }
    }
}
