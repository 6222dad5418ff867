package dev.millrace.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Register tiles of 6 rows × 4 vectors for products of which some distances are known. The JIT checks an index that moves by
 * a constant once, before the loop; another one at each step, on the ports of the processor that multiply.
 */
final class SixRowTiles {

    private static final VectorSpecies<Float> FLOAT = FloatVector.SPECIES_PREFERRED;
    private static final int FLOATS = FLOAT.length();

    private SixRowTiles() {}

    /** For rows of A whose entries follow each other, and B in panels of four vectors: no index is left to check. */
    static void panels(
            int k,
            float[] a,
            int aAt,
            int aRow,
            float[] b,
            int bAt,
            float[] start,
            int startAt,
            int startStride,
            float[] c,
            int cAt,
            int cStride) {
        FloatVector c00 = FloatVector.fromArray(FLOAT, start, startAt);
        FloatVector c01 = FloatVector.fromArray(FLOAT, start, startAt + FLOATS);
        FloatVector c02 = FloatVector.fromArray(FLOAT, start, startAt + 2 * FLOATS);
        FloatVector c03 = FloatVector.fromArray(FLOAT, start, startAt + 3 * FLOATS);
        FloatVector c10 = FloatVector.fromArray(FLOAT, start, startAt + startStride);
        FloatVector c11 = FloatVector.fromArray(FLOAT, start, startAt + startStride + FLOATS);
        FloatVector c12 = FloatVector.fromArray(FLOAT, start, startAt + startStride + 2 * FLOATS);
        FloatVector c13 = FloatVector.fromArray(FLOAT, start, startAt + startStride + 3 * FLOATS);
        FloatVector c20 = FloatVector.fromArray(FLOAT, start, startAt + 2 * startStride);
        FloatVector c21 = FloatVector.fromArray(FLOAT, start, startAt + 2 * startStride + FLOATS);
        FloatVector c22 = FloatVector.fromArray(FLOAT, start, startAt + 2 * startStride + 2 * FLOATS);
        FloatVector c23 = FloatVector.fromArray(FLOAT, start, startAt + 2 * startStride + 3 * FLOATS);
        FloatVector c30 = FloatVector.fromArray(FLOAT, start, startAt + 3 * startStride);
        FloatVector c31 = FloatVector.fromArray(FLOAT, start, startAt + 3 * startStride + FLOATS);
        FloatVector c32 = FloatVector.fromArray(FLOAT, start, startAt + 3 * startStride + 2 * FLOATS);
        FloatVector c33 = FloatVector.fromArray(FLOAT, start, startAt + 3 * startStride + 3 * FLOATS);
        FloatVector c40 = FloatVector.fromArray(FLOAT, start, startAt + 4 * startStride);
        FloatVector c41 = FloatVector.fromArray(FLOAT, start, startAt + 4 * startStride + FLOATS);
        FloatVector c42 = FloatVector.fromArray(FLOAT, start, startAt + 4 * startStride + 2 * FLOATS);
        FloatVector c43 = FloatVector.fromArray(FLOAT, start, startAt + 4 * startStride + 3 * FLOATS);
        FloatVector c50 = FloatVector.fromArray(FLOAT, start, startAt + 5 * startStride);
        FloatVector c51 = FloatVector.fromArray(FLOAT, start, startAt + 5 * startStride + FLOATS);
        FloatVector c52 = FloatVector.fromArray(FLOAT, start, startAt + 5 * startStride + 2 * FLOATS);
        FloatVector c53 = FloatVector.fromArray(FLOAT, start, startAt + 5 * startStride + 3 * FLOATS);
        int a1 = aAt + aRow;
        int a2 = a1 + aRow;
        int a3 = a2 + aRow;
        int a4 = a3 + aRow;
        int a5 = a4 + aRow;
        for (int p = 0; p < k; p++) {
            int at = bAt + p * (4 * FLOATS);
            FloatVector b0 = FloatVector.fromArray(FLOAT, b, at);
            FloatVector b1 = FloatVector.fromArray(FLOAT, b, at + FLOATS);
            FloatVector b2 = FloatVector.fromArray(FLOAT, b, at + 2 * FLOATS);
            FloatVector b3 = FloatVector.fromArray(FLOAT, b, at + 3 * FLOATS);
            FloatVector factor = FloatVector.broadcast(FLOAT, a[aAt + p]);
            c00 = factor.fma(b0, c00);
            c01 = factor.fma(b1, c01);
            c02 = factor.fma(b2, c02);
            c03 = factor.fma(b3, c03);
            factor = FloatVector.broadcast(FLOAT, a[a1 + p]);
            c10 = factor.fma(b0, c10);
            c11 = factor.fma(b1, c11);
            c12 = factor.fma(b2, c12);
            c13 = factor.fma(b3, c13);
            factor = FloatVector.broadcast(FLOAT, a[a2 + p]);
            c20 = factor.fma(b0, c20);
            c21 = factor.fma(b1, c21);
            c22 = factor.fma(b2, c22);
            c23 = factor.fma(b3, c23);
            factor = FloatVector.broadcast(FLOAT, a[a3 + p]);
            c30 = factor.fma(b0, c30);
            c31 = factor.fma(b1, c31);
            c32 = factor.fma(b2, c32);
            c33 = factor.fma(b3, c33);
            factor = FloatVector.broadcast(FLOAT, a[a4 + p]);
            c40 = factor.fma(b0, c40);
            c41 = factor.fma(b1, c41);
            c42 = factor.fma(b2, c42);
            c43 = factor.fma(b3, c43);
            factor = FloatVector.broadcast(FLOAT, a[a5 + p]);
            c50 = factor.fma(b0, c50);
            c51 = factor.fma(b1, c51);
            c52 = factor.fma(b2, c52);
            c53 = factor.fma(b3, c53);
        }
        c00.intoArray(c, cAt);
        c01.intoArray(c, cAt + FLOATS);
        c02.intoArray(c, cAt + 2 * FLOATS);
        c03.intoArray(c, cAt + 3 * FLOATS);
        c10.intoArray(c, cAt + cStride);
        c11.intoArray(c, cAt + cStride + FLOATS);
        c12.intoArray(c, cAt + cStride + 2 * FLOATS);
        c13.intoArray(c, cAt + cStride + 3 * FLOATS);
        c20.intoArray(c, cAt + 2 * cStride);
        c21.intoArray(c, cAt + 2 * cStride + FLOATS);
        c22.intoArray(c, cAt + 2 * cStride + 2 * FLOATS);
        c23.intoArray(c, cAt + 2 * cStride + 3 * FLOATS);
        c30.intoArray(c, cAt + 3 * cStride);
        c31.intoArray(c, cAt + 3 * cStride + FLOATS);
        c32.intoArray(c, cAt + 3 * cStride + 2 * FLOATS);
        c33.intoArray(c, cAt + 3 * cStride + 3 * FLOATS);
        c40.intoArray(c, cAt + 4 * cStride);
        c41.intoArray(c, cAt + 4 * cStride + FLOATS);
        c42.intoArray(c, cAt + 4 * cStride + 2 * FLOATS);
        c43.intoArray(c, cAt + 4 * cStride + 3 * FLOATS);
        c50.intoArray(c, cAt + 5 * cStride);
        c51.intoArray(c, cAt + 5 * cStride + FLOATS);
        c52.intoArray(c, cAt + 5 * cStride + 2 * FLOATS);
        c53.intoArray(c, cAt + 5 * cStride + 3 * FLOATS);
    }

    /** For rows of A whose entries follow each other: only B's indexes are left to check. */
    static void rowMajor(
            int k,
            float[] a,
            int aAt,
            int aRow,
            float[] b,
            int bAt,
            int bStride,
            float[] start,
            int startAt,
            int startStride,
            float[] c,
            int cAt,
            int cStride) {
        FloatVector c00 = FloatVector.fromArray(FLOAT, start, startAt);
        FloatVector c01 = FloatVector.fromArray(FLOAT, start, startAt + FLOATS);
        FloatVector c02 = FloatVector.fromArray(FLOAT, start, startAt + 2 * FLOATS);
        FloatVector c03 = FloatVector.fromArray(FLOAT, start, startAt + 3 * FLOATS);
        FloatVector c10 = FloatVector.fromArray(FLOAT, start, startAt + startStride);
        FloatVector c11 = FloatVector.fromArray(FLOAT, start, startAt + startStride + FLOATS);
        FloatVector c12 = FloatVector.fromArray(FLOAT, start, startAt + startStride + 2 * FLOATS);
        FloatVector c13 = FloatVector.fromArray(FLOAT, start, startAt + startStride + 3 * FLOATS);
        FloatVector c20 = FloatVector.fromArray(FLOAT, start, startAt + 2 * startStride);
        FloatVector c21 = FloatVector.fromArray(FLOAT, start, startAt + 2 * startStride + FLOATS);
        FloatVector c22 = FloatVector.fromArray(FLOAT, start, startAt + 2 * startStride + 2 * FLOATS);
        FloatVector c23 = FloatVector.fromArray(FLOAT, start, startAt + 2 * startStride + 3 * FLOATS);
        FloatVector c30 = FloatVector.fromArray(FLOAT, start, startAt + 3 * startStride);
        FloatVector c31 = FloatVector.fromArray(FLOAT, start, startAt + 3 * startStride + FLOATS);
        FloatVector c32 = FloatVector.fromArray(FLOAT, start, startAt + 3 * startStride + 2 * FLOATS);
        FloatVector c33 = FloatVector.fromArray(FLOAT, start, startAt + 3 * startStride + 3 * FLOATS);
        FloatVector c40 = FloatVector.fromArray(FLOAT, start, startAt + 4 * startStride);
        FloatVector c41 = FloatVector.fromArray(FLOAT, start, startAt + 4 * startStride + FLOATS);
        FloatVector c42 = FloatVector.fromArray(FLOAT, start, startAt + 4 * startStride + 2 * FLOATS);
        FloatVector c43 = FloatVector.fromArray(FLOAT, start, startAt + 4 * startStride + 3 * FLOATS);
        FloatVector c50 = FloatVector.fromArray(FLOAT, start, startAt + 5 * startStride);
        FloatVector c51 = FloatVector.fromArray(FLOAT, start, startAt + 5 * startStride + FLOATS);
        FloatVector c52 = FloatVector.fromArray(FLOAT, start, startAt + 5 * startStride + 2 * FLOATS);
        FloatVector c53 = FloatVector.fromArray(FLOAT, start, startAt + 5 * startStride + 3 * FLOATS);
        int a1 = aAt + aRow;
        int a2 = a1 + aRow;
        int a3 = a2 + aRow;
        int a4 = a3 + aRow;
        int a5 = a4 + aRow;
        for (int p = 0; p < k; p++) {
            FloatVector b0 = FloatVector.fromArray(FLOAT, b, bAt);
            FloatVector b1 = FloatVector.fromArray(FLOAT, b, bAt + FLOATS);
            FloatVector b2 = FloatVector.fromArray(FLOAT, b, bAt + 2 * FLOATS);
            FloatVector b3 = FloatVector.fromArray(FLOAT, b, bAt + 3 * FLOATS);
            FloatVector factor = FloatVector.broadcast(FLOAT, a[aAt + p]);
            c00 = factor.fma(b0, c00);
            c01 = factor.fma(b1, c01);
            c02 = factor.fma(b2, c02);
            c03 = factor.fma(b3, c03);
            factor = FloatVector.broadcast(FLOAT, a[a1 + p]);
            c10 = factor.fma(b0, c10);
            c11 = factor.fma(b1, c11);
            c12 = factor.fma(b2, c12);
            c13 = factor.fma(b3, c13);
            factor = FloatVector.broadcast(FLOAT, a[a2 + p]);
            c20 = factor.fma(b0, c20);
            c21 = factor.fma(b1, c21);
            c22 = factor.fma(b2, c22);
            c23 = factor.fma(b3, c23);
            factor = FloatVector.broadcast(FLOAT, a[a3 + p]);
            c30 = factor.fma(b0, c30);
            c31 = factor.fma(b1, c31);
            c32 = factor.fma(b2, c32);
            c33 = factor.fma(b3, c33);
            factor = FloatVector.broadcast(FLOAT, a[a4 + p]);
            c40 = factor.fma(b0, c40);
            c41 = factor.fma(b1, c41);
            c42 = factor.fma(b2, c42);
            c43 = factor.fma(b3, c43);
            factor = FloatVector.broadcast(FLOAT, a[a5 + p]);
            c50 = factor.fma(b0, c50);
            c51 = factor.fma(b1, c51);
            c52 = factor.fma(b2, c52);
            c53 = factor.fma(b3, c53);
            bAt += bStride;
        }
        c00.intoArray(c, cAt);
        c01.intoArray(c, cAt + FLOATS);
        c02.intoArray(c, cAt + 2 * FLOATS);
        c03.intoArray(c, cAt + 3 * FLOATS);
        c10.intoArray(c, cAt + cStride);
        c11.intoArray(c, cAt + cStride + FLOATS);
        c12.intoArray(c, cAt + cStride + 2 * FLOATS);
        c13.intoArray(c, cAt + cStride + 3 * FLOATS);
        c20.intoArray(c, cAt + 2 * cStride);
        c21.intoArray(c, cAt + 2 * cStride + FLOATS);
        c22.intoArray(c, cAt + 2 * cStride + 2 * FLOATS);
        c23.intoArray(c, cAt + 2 * cStride + 3 * FLOATS);
        c30.intoArray(c, cAt + 3 * cStride);
        c31.intoArray(c, cAt + 3 * cStride + FLOATS);
        c32.intoArray(c, cAt + 3 * cStride + 2 * FLOATS);
        c33.intoArray(c, cAt + 3 * cStride + 3 * FLOATS);
        c40.intoArray(c, cAt + 4 * cStride);
        c41.intoArray(c, cAt + 4 * cStride + FLOATS);
        c42.intoArray(c, cAt + 4 * cStride + 2 * FLOATS);
        c43.intoArray(c, cAt + 4 * cStride + 3 * FLOATS);
        c50.intoArray(c, cAt + 5 * cStride);
        c51.intoArray(c, cAt + 5 * cStride + FLOATS);
        c52.intoArray(c, cAt + 5 * cStride + 2 * FLOATS);
        c53.intoArray(c, cAt + 5 * cStride + 3 * FLOATS);
    }

    /** For Aᵀ, as in gradients of weights: what a step needs of A are six neighbours, whose indexes are checked together. */
    static void transposed(
            int k,
            float[] a,
            int aAt,
            int aColumn,
            float[] b,
            int bAt,
            int bStride,
            float[] start,
            int startAt,
            int startStride,
            float[] c,
            int cAt,
            int cStride) {
        FloatVector c00 = FloatVector.fromArray(FLOAT, start, startAt);
        FloatVector c01 = FloatVector.fromArray(FLOAT, start, startAt + FLOATS);
        FloatVector c02 = FloatVector.fromArray(FLOAT, start, startAt + 2 * FLOATS);
        FloatVector c03 = FloatVector.fromArray(FLOAT, start, startAt + 3 * FLOATS);
        FloatVector c10 = FloatVector.fromArray(FLOAT, start, startAt + startStride);
        FloatVector c11 = FloatVector.fromArray(FLOAT, start, startAt + startStride + FLOATS);
        FloatVector c12 = FloatVector.fromArray(FLOAT, start, startAt + startStride + 2 * FLOATS);
        FloatVector c13 = FloatVector.fromArray(FLOAT, start, startAt + startStride + 3 * FLOATS);
        FloatVector c20 = FloatVector.fromArray(FLOAT, start, startAt + 2 * startStride);
        FloatVector c21 = FloatVector.fromArray(FLOAT, start, startAt + 2 * startStride + FLOATS);
        FloatVector c22 = FloatVector.fromArray(FLOAT, start, startAt + 2 * startStride + 2 * FLOATS);
        FloatVector c23 = FloatVector.fromArray(FLOAT, start, startAt + 2 * startStride + 3 * FLOATS);
        FloatVector c30 = FloatVector.fromArray(FLOAT, start, startAt + 3 * startStride);
        FloatVector c31 = FloatVector.fromArray(FLOAT, start, startAt + 3 * startStride + FLOATS);
        FloatVector c32 = FloatVector.fromArray(FLOAT, start, startAt + 3 * startStride + 2 * FLOATS);
        FloatVector c33 = FloatVector.fromArray(FLOAT, start, startAt + 3 * startStride + 3 * FLOATS);
        FloatVector c40 = FloatVector.fromArray(FLOAT, start, startAt + 4 * startStride);
        FloatVector c41 = FloatVector.fromArray(FLOAT, start, startAt + 4 * startStride + FLOATS);
        FloatVector c42 = FloatVector.fromArray(FLOAT, start, startAt + 4 * startStride + 2 * FLOATS);
        FloatVector c43 = FloatVector.fromArray(FLOAT, start, startAt + 4 * startStride + 3 * FLOATS);
        FloatVector c50 = FloatVector.fromArray(FLOAT, start, startAt + 5 * startStride);
        FloatVector c51 = FloatVector.fromArray(FLOAT, start, startAt + 5 * startStride + FLOATS);
        FloatVector c52 = FloatVector.fromArray(FLOAT, start, startAt + 5 * startStride + 2 * FLOATS);
        FloatVector c53 = FloatVector.fromArray(FLOAT, start, startAt + 5 * startStride + 3 * FLOATS);
        for (int p = 0; p < k; p++) {
            FloatVector b0 = FloatVector.fromArray(FLOAT, b, bAt);
            FloatVector b1 = FloatVector.fromArray(FLOAT, b, bAt + FLOATS);
            FloatVector b2 = FloatVector.fromArray(FLOAT, b, bAt + 2 * FLOATS);
            FloatVector b3 = FloatVector.fromArray(FLOAT, b, bAt + 3 * FLOATS);
            FloatVector factor = FloatVector.broadcast(FLOAT, a[aAt]);
            c00 = factor.fma(b0, c00);
            c01 = factor.fma(b1, c01);
            c02 = factor.fma(b2, c02);
            c03 = factor.fma(b3, c03);
            factor = FloatVector.broadcast(FLOAT, a[aAt + 1]);
            c10 = factor.fma(b0, c10);
            c11 = factor.fma(b1, c11);
            c12 = factor.fma(b2, c12);
            c13 = factor.fma(b3, c13);
            factor = FloatVector.broadcast(FLOAT, a[aAt + 2]);
            c20 = factor.fma(b0, c20);
            c21 = factor.fma(b1, c21);
            c22 = factor.fma(b2, c22);
            c23 = factor.fma(b3, c23);
            factor = FloatVector.broadcast(FLOAT, a[aAt + 3]);
            c30 = factor.fma(b0, c30);
            c31 = factor.fma(b1, c31);
            c32 = factor.fma(b2, c32);
            c33 = factor.fma(b3, c33);
            factor = FloatVector.broadcast(FLOAT, a[aAt + 4]);
            c40 = factor.fma(b0, c40);
            c41 = factor.fma(b1, c41);
            c42 = factor.fma(b2, c42);
            c43 = factor.fma(b3, c43);
            factor = FloatVector.broadcast(FLOAT, a[aAt + 5]);
            c50 = factor.fma(b0, c50);
            c51 = factor.fma(b1, c51);
            c52 = factor.fma(b2, c52);
            c53 = factor.fma(b3, c53);
            aAt += aColumn;
            bAt += bStride;
        }
        c00.intoArray(c, cAt);
        c01.intoArray(c, cAt + FLOATS);
        c02.intoArray(c, cAt + 2 * FLOATS);
        c03.intoArray(c, cAt + 3 * FLOATS);
        c10.intoArray(c, cAt + cStride);
        c11.intoArray(c, cAt + cStride + FLOATS);
        c12.intoArray(c, cAt + cStride + 2 * FLOATS);
        c13.intoArray(c, cAt + cStride + 3 * FLOATS);
        c20.intoArray(c, cAt + 2 * cStride);
        c21.intoArray(c, cAt + 2 * cStride + FLOATS);
        c22.intoArray(c, cAt + 2 * cStride + 2 * FLOATS);
        c23.intoArray(c, cAt + 2 * cStride + 3 * FLOATS);
        c30.intoArray(c, cAt + 3 * cStride);
        c31.intoArray(c, cAt + 3 * cStride + FLOATS);
        c32.intoArray(c, cAt + 3 * cStride + 2 * FLOATS);
        c33.intoArray(c, cAt + 3 * cStride + 3 * FLOATS);
        c40.intoArray(c, cAt + 4 * cStride);
        c41.intoArray(c, cAt + 4 * cStride + FLOATS);
        c42.intoArray(c, cAt + 4 * cStride + 2 * FLOATS);
        c43.intoArray(c, cAt + 4 * cStride + 3 * FLOATS);
        c50.intoArray(c, cAt + 5 * cStride);
        c51.intoArray(c, cAt + 5 * cStride + FLOATS);
        c52.intoArray(c, cAt + 5 * cStride + 2 * FLOATS);
        c53.intoArray(c, cAt + 5 * cStride + 3 * FLOATS);
    }
}
