package dev.millrace.kernel;

import static dev.millrace.kernel.Tiles.VECTOR;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Register tiles of 6 rows × 4 vectors, and of 8 × 2, for products of which some distances are known. The JIT checks an index that
 * moves by a constant once, before the loop; another one at each step, on the ports of the processor that multiply.
 *
 * <p>How a step is written was chosen by its machine code on Java 17 and 25, with safepoints in counted loops, as G1 has them, and
 * without. 24 accumulators leave eight vector registers, and three arrays and their indexes most of the integer ones. The JIT
 * moves addresses that find no place to vector registers, from where they return through a port that multiplies: a loop
 * in which one does is a fifth slower.
 */
final class SteadyTiles {

    private static final VectorSpecies<Float> FLOAT = FloatVector.SPECIES_PREFERRED;
    private static final int FLOATS = FLOAT.length();

    private SteadyTiles() {}

    /** For rows of A whose entries follow each other, and B in panels of four vectors: no index is left to check. */
    static void panels6x4(
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
        // Known to stay small, indexes need no register of their own to become addresses. A message with k in it would
        // take one.
        if (k > VectorProduct.PANEL_DEPTH) {
            throw new IllegalArgumentException("more steps than PANEL_DEPTH");
        }
        for (int p = 0; p < k; p++) {
            int at = bAt + p * (4 * FLOATS);
            FloatVector f0 = FloatVector.broadcast(FLOAT, a[aAt + p]);
            FloatVector f1 = FloatVector.broadcast(FLOAT, a[aAt + p + aRow]);
            FloatVector f2 = FloatVector.broadcast(FLOAT, a[aAt + p + 2 * aRow]);
            FloatVector f3 = FloatVector.broadcast(FLOAT, a[aAt + p + 3 * aRow]);
            FloatVector f4 = FloatVector.broadcast(FLOAT, a[aAt + p + 4 * aRow]);
            FloatVector f5 = FloatVector.broadcast(FLOAT, a[aAt + p + 5 * aRow]);
            FloatVector b0 = FloatVector.fromArray(FLOAT, b, at);
            c00 = b0.fma(f0, c00);
            c10 = b0.fma(f1, c10);
            c20 = b0.fma(f2, c20);
            c30 = b0.fma(f3, c30);
            c40 = b0.fma(f4, c40);
            c50 = b0.fma(f5, c50);
            FloatVector b1 = FloatVector.fromArray(FLOAT, b, at + FLOATS);
            c01 = b1.fma(f0, c01);
            c11 = b1.fma(f1, c11);
            c21 = b1.fma(f2, c21);
            c31 = b1.fma(f3, c31);
            c41 = b1.fma(f4, c41);
            c51 = b1.fma(f5, c51);
            FloatVector b2 = FloatVector.fromArray(FLOAT, b, at + 2 * FLOATS);
            c02 = b2.fma(f0, c02);
            c12 = b2.fma(f1, c12);
            c22 = b2.fma(f2, c22);
            c32 = b2.fma(f3, c32);
            c42 = b2.fma(f4, c42);
            c52 = b2.fma(f5, c52);
            FloatVector b3 = FloatVector.fromArray(FLOAT, b, at + 3 * FLOATS);
            c03 = b3.fma(f0, c03);
            c13 = b3.fma(f1, c13);
            c23 = b3.fma(f2, c23);
            c33 = b3.fma(f3, c33);
            c43 = b3.fma(f4, c43);
            c53 = b3.fma(f5, c53);
        }
        ((FloatVector) VECTOR.cast(c00)).intoArray(c, cAt);
        ((FloatVector) VECTOR.cast(c01)).intoArray(c, cAt + FLOATS);
        ((FloatVector) VECTOR.cast(c02)).intoArray(c, cAt + 2 * FLOATS);
        ((FloatVector) VECTOR.cast(c03)).intoArray(c, cAt + 3 * FLOATS);
        ((FloatVector) VECTOR.cast(c10)).intoArray(c, cAt + cStride);
        ((FloatVector) VECTOR.cast(c11)).intoArray(c, cAt + cStride + FLOATS);
        ((FloatVector) VECTOR.cast(c12)).intoArray(c, cAt + cStride + 2 * FLOATS);
        ((FloatVector) VECTOR.cast(c13)).intoArray(c, cAt + cStride + 3 * FLOATS);
        ((FloatVector) VECTOR.cast(c20)).intoArray(c, cAt + 2 * cStride);
        ((FloatVector) VECTOR.cast(c21)).intoArray(c, cAt + 2 * cStride + FLOATS);
        ((FloatVector) VECTOR.cast(c22)).intoArray(c, cAt + 2 * cStride + 2 * FLOATS);
        ((FloatVector) VECTOR.cast(c23)).intoArray(c, cAt + 2 * cStride + 3 * FLOATS);
        ((FloatVector) VECTOR.cast(c30)).intoArray(c, cAt + 3 * cStride);
        ((FloatVector) VECTOR.cast(c31)).intoArray(c, cAt + 3 * cStride + FLOATS);
        ((FloatVector) VECTOR.cast(c32)).intoArray(c, cAt + 3 * cStride + 2 * FLOATS);
        ((FloatVector) VECTOR.cast(c33)).intoArray(c, cAt + 3 * cStride + 3 * FLOATS);
        ((FloatVector) VECTOR.cast(c40)).intoArray(c, cAt + 4 * cStride);
        ((FloatVector) VECTOR.cast(c41)).intoArray(c, cAt + 4 * cStride + FLOATS);
        ((FloatVector) VECTOR.cast(c42)).intoArray(c, cAt + 4 * cStride + 2 * FLOATS);
        ((FloatVector) VECTOR.cast(c43)).intoArray(c, cAt + 4 * cStride + 3 * FLOATS);
        ((FloatVector) VECTOR.cast(c50)).intoArray(c, cAt + 5 * cStride);
        ((FloatVector) VECTOR.cast(c51)).intoArray(c, cAt + 5 * cStride + FLOATS);
        ((FloatVector) VECTOR.cast(c52)).intoArray(c, cAt + 5 * cStride + 2 * FLOATS);
        ((FloatVector) VECTOR.cast(c53)).intoArray(c, cAt + 5 * cStride + 3 * FLOATS);
    }

    /** For rows of A whose entries follow each other, and B in panels of two vectors. */
    static void panels8x2(
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
        FloatVector c10 = FloatVector.fromArray(FLOAT, start, startAt + startStride);
        FloatVector c11 = FloatVector.fromArray(FLOAT, start, startAt + startStride + FLOATS);
        FloatVector c20 = FloatVector.fromArray(FLOAT, start, startAt + 2 * startStride);
        FloatVector c21 = FloatVector.fromArray(FLOAT, start, startAt + 2 * startStride + FLOATS);
        FloatVector c30 = FloatVector.fromArray(FLOAT, start, startAt + 3 * startStride);
        FloatVector c31 = FloatVector.fromArray(FLOAT, start, startAt + 3 * startStride + FLOATS);
        FloatVector c40 = FloatVector.fromArray(FLOAT, start, startAt + 4 * startStride);
        FloatVector c41 = FloatVector.fromArray(FLOAT, start, startAt + 4 * startStride + FLOATS);
        FloatVector c50 = FloatVector.fromArray(FLOAT, start, startAt + 5 * startStride);
        FloatVector c51 = FloatVector.fromArray(FLOAT, start, startAt + 5 * startStride + FLOATS);
        FloatVector c60 = FloatVector.fromArray(FLOAT, start, startAt + 6 * startStride);
        FloatVector c61 = FloatVector.fromArray(FLOAT, start, startAt + 6 * startStride + FLOATS);
        FloatVector c70 = FloatVector.fromArray(FLOAT, start, startAt + 7 * startStride);
        FloatVector c71 = FloatVector.fromArray(FLOAT, start, startAt + 7 * startStride + FLOATS);
        if (k > VectorProduct.PANEL_DEPTH) {
            throw new IllegalArgumentException("more steps than PANEL_DEPTH");
        }
        for (int p = 0; p < k; p++) {
            int at = bAt + p * (2 * FLOATS);
            FloatVector b0 = FloatVector.fromArray(FLOAT, b, at);
            FloatVector b1 = FloatVector.fromArray(FLOAT, b, at + FLOATS);
            FloatVector f0 = FloatVector.broadcast(FLOAT, a[aAt + p]);
            c00 = b0.fma(f0, c00);
            c01 = b1.fma(f0, c01);
            FloatVector f1 = FloatVector.broadcast(FLOAT, a[aAt + p + aRow]);
            c10 = b0.fma(f1, c10);
            c11 = b1.fma(f1, c11);
            FloatVector f2 = FloatVector.broadcast(FLOAT, a[aAt + p + 2 * aRow]);
            c20 = b0.fma(f2, c20);
            c21 = b1.fma(f2, c21);
            FloatVector f3 = FloatVector.broadcast(FLOAT, a[aAt + p + 3 * aRow]);
            c30 = b0.fma(f3, c30);
            c31 = b1.fma(f3, c31);
            FloatVector f4 = FloatVector.broadcast(FLOAT, a[aAt + p + 4 * aRow]);
            c40 = b0.fma(f4, c40);
            c41 = b1.fma(f4, c41);
            FloatVector f5 = FloatVector.broadcast(FLOAT, a[aAt + p + 5 * aRow]);
            c50 = b0.fma(f5, c50);
            c51 = b1.fma(f5, c51);
            FloatVector f6 = FloatVector.broadcast(FLOAT, a[aAt + p + 6 * aRow]);
            c60 = b0.fma(f6, c60);
            c61 = b1.fma(f6, c61);
            FloatVector f7 = FloatVector.broadcast(FLOAT, a[aAt + p + 7 * aRow]);
            c70 = b0.fma(f7, c70);
            c71 = b1.fma(f7, c71);
        }
        ((FloatVector) VECTOR.cast(c00)).intoArray(c, cAt);
        ((FloatVector) VECTOR.cast(c01)).intoArray(c, cAt + FLOATS);
        ((FloatVector) VECTOR.cast(c10)).intoArray(c, cAt + cStride);
        ((FloatVector) VECTOR.cast(c11)).intoArray(c, cAt + cStride + FLOATS);
        ((FloatVector) VECTOR.cast(c20)).intoArray(c, cAt + 2 * cStride);
        ((FloatVector) VECTOR.cast(c21)).intoArray(c, cAt + 2 * cStride + FLOATS);
        ((FloatVector) VECTOR.cast(c30)).intoArray(c, cAt + 3 * cStride);
        ((FloatVector) VECTOR.cast(c31)).intoArray(c, cAt + 3 * cStride + FLOATS);
        ((FloatVector) VECTOR.cast(c40)).intoArray(c, cAt + 4 * cStride);
        ((FloatVector) VECTOR.cast(c41)).intoArray(c, cAt + 4 * cStride + FLOATS);
        ((FloatVector) VECTOR.cast(c50)).intoArray(c, cAt + 5 * cStride);
        ((FloatVector) VECTOR.cast(c51)).intoArray(c, cAt + 5 * cStride + FLOATS);
        ((FloatVector) VECTOR.cast(c60)).intoArray(c, cAt + 6 * cStride);
        ((FloatVector) VECTOR.cast(c61)).intoArray(c, cAt + 6 * cStride + FLOATS);
        ((FloatVector) VECTOR.cast(c70)).intoArray(c, cAt + 7 * cStride);
        ((FloatVector) VECTOR.cast(c71)).intoArray(c, cAt + 7 * cStride + FLOATS);
    }

    /** For rows of A whose entries follow each other: only B's indexes are left to check. */
    static void rowMajor6x4(
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
        for (int p = 0; p < k; p++) {
            FloatVector f0 = FloatVector.broadcast(FLOAT, a[aAt + p]);
            FloatVector f1 = FloatVector.broadcast(FLOAT, a[aAt + p + aRow]);
            FloatVector f2 = FloatVector.broadcast(FLOAT, a[aAt + p + 2 * aRow]);
            FloatVector f3 = FloatVector.broadcast(FLOAT, a[aAt + p + 3 * aRow]);
            FloatVector f4 = FloatVector.broadcast(FLOAT, a[aAt + p + 4 * aRow]);
            FloatVector f5 = FloatVector.broadcast(FLOAT, a[aAt + p + 5 * aRow]);
            FloatVector b0 = FloatVector.fromArray(FLOAT, b, bAt);
            FloatVector b1 = FloatVector.fromArray(FLOAT, b, bAt + FLOATS);
            c00 = f0.fma(b0, c00);
            c01 = f0.fma(b1, c01);
            c10 = f1.fma(b0, c10);
            c11 = f1.fma(b1, c11);
            c20 = f2.fma(b0, c20);
            c21 = f2.fma(b1, c21);
            c30 = f3.fma(b0, c30);
            c31 = f3.fma(b1, c31);
            c40 = f4.fma(b0, c40);
            c41 = f4.fma(b1, c41);
            c50 = f5.fma(b0, c50);
            c51 = f5.fma(b1, c51);
            FloatVector b2 = FloatVector.fromArray(FLOAT, b, bAt + 2 * FLOATS);
            FloatVector b3 = FloatVector.fromArray(FLOAT, b, bAt + 3 * FLOATS);
            c02 = f0.fma(b2, c02);
            c03 = f0.fma(b3, c03);
            c12 = f1.fma(b2, c12);
            c13 = f1.fma(b3, c13);
            c22 = f2.fma(b2, c22);
            c23 = f2.fma(b3, c23);
            c32 = f3.fma(b2, c32);
            c33 = f3.fma(b3, c33);
            c42 = f4.fma(b2, c42);
            c43 = f4.fma(b3, c43);
            c52 = f5.fma(b2, c52);
            c53 = f5.fma(b3, c53);
            bAt += bStride;
        }
        ((FloatVector) VECTOR.cast(c00)).intoArray(c, cAt);
        ((FloatVector) VECTOR.cast(c01)).intoArray(c, cAt + FLOATS);
        ((FloatVector) VECTOR.cast(c02)).intoArray(c, cAt + 2 * FLOATS);
        ((FloatVector) VECTOR.cast(c03)).intoArray(c, cAt + 3 * FLOATS);
        ((FloatVector) VECTOR.cast(c10)).intoArray(c, cAt + cStride);
        ((FloatVector) VECTOR.cast(c11)).intoArray(c, cAt + cStride + FLOATS);
        ((FloatVector) VECTOR.cast(c12)).intoArray(c, cAt + cStride + 2 * FLOATS);
        ((FloatVector) VECTOR.cast(c13)).intoArray(c, cAt + cStride + 3 * FLOATS);
        ((FloatVector) VECTOR.cast(c20)).intoArray(c, cAt + 2 * cStride);
        ((FloatVector) VECTOR.cast(c21)).intoArray(c, cAt + 2 * cStride + FLOATS);
        ((FloatVector) VECTOR.cast(c22)).intoArray(c, cAt + 2 * cStride + 2 * FLOATS);
        ((FloatVector) VECTOR.cast(c23)).intoArray(c, cAt + 2 * cStride + 3 * FLOATS);
        ((FloatVector) VECTOR.cast(c30)).intoArray(c, cAt + 3 * cStride);
        ((FloatVector) VECTOR.cast(c31)).intoArray(c, cAt + 3 * cStride + FLOATS);
        ((FloatVector) VECTOR.cast(c32)).intoArray(c, cAt + 3 * cStride + 2 * FLOATS);
        ((FloatVector) VECTOR.cast(c33)).intoArray(c, cAt + 3 * cStride + 3 * FLOATS);
        ((FloatVector) VECTOR.cast(c40)).intoArray(c, cAt + 4 * cStride);
        ((FloatVector) VECTOR.cast(c41)).intoArray(c, cAt + 4 * cStride + FLOATS);
        ((FloatVector) VECTOR.cast(c42)).intoArray(c, cAt + 4 * cStride + 2 * FLOATS);
        ((FloatVector) VECTOR.cast(c43)).intoArray(c, cAt + 4 * cStride + 3 * FLOATS);
        ((FloatVector) VECTOR.cast(c50)).intoArray(c, cAt + 5 * cStride);
        ((FloatVector) VECTOR.cast(c51)).intoArray(c, cAt + 5 * cStride + FLOATS);
        ((FloatVector) VECTOR.cast(c52)).intoArray(c, cAt + 5 * cStride + 2 * FLOATS);
        ((FloatVector) VECTOR.cast(c53)).intoArray(c, cAt + 5 * cStride + 3 * FLOATS);
    }

    /** For Aᵀ, as in gradients of weights: what a step needs of A are six neighbours, whose indexes are checked together. */
    static void transposed6x4(
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
        ((FloatVector) VECTOR.cast(c00)).intoArray(c, cAt);
        ((FloatVector) VECTOR.cast(c01)).intoArray(c, cAt + FLOATS);
        ((FloatVector) VECTOR.cast(c02)).intoArray(c, cAt + 2 * FLOATS);
        ((FloatVector) VECTOR.cast(c03)).intoArray(c, cAt + 3 * FLOATS);
        ((FloatVector) VECTOR.cast(c10)).intoArray(c, cAt + cStride);
        ((FloatVector) VECTOR.cast(c11)).intoArray(c, cAt + cStride + FLOATS);
        ((FloatVector) VECTOR.cast(c12)).intoArray(c, cAt + cStride + 2 * FLOATS);
        ((FloatVector) VECTOR.cast(c13)).intoArray(c, cAt + cStride + 3 * FLOATS);
        ((FloatVector) VECTOR.cast(c20)).intoArray(c, cAt + 2 * cStride);
        ((FloatVector) VECTOR.cast(c21)).intoArray(c, cAt + 2 * cStride + FLOATS);
        ((FloatVector) VECTOR.cast(c22)).intoArray(c, cAt + 2 * cStride + 2 * FLOATS);
        ((FloatVector) VECTOR.cast(c23)).intoArray(c, cAt + 2 * cStride + 3 * FLOATS);
        ((FloatVector) VECTOR.cast(c30)).intoArray(c, cAt + 3 * cStride);
        ((FloatVector) VECTOR.cast(c31)).intoArray(c, cAt + 3 * cStride + FLOATS);
        ((FloatVector) VECTOR.cast(c32)).intoArray(c, cAt + 3 * cStride + 2 * FLOATS);
        ((FloatVector) VECTOR.cast(c33)).intoArray(c, cAt + 3 * cStride + 3 * FLOATS);
        ((FloatVector) VECTOR.cast(c40)).intoArray(c, cAt + 4 * cStride);
        ((FloatVector) VECTOR.cast(c41)).intoArray(c, cAt + 4 * cStride + FLOATS);
        ((FloatVector) VECTOR.cast(c42)).intoArray(c, cAt + 4 * cStride + 2 * FLOATS);
        ((FloatVector) VECTOR.cast(c43)).intoArray(c, cAt + 4 * cStride + 3 * FLOATS);
        ((FloatVector) VECTOR.cast(c50)).intoArray(c, cAt + 5 * cStride);
        ((FloatVector) VECTOR.cast(c51)).intoArray(c, cAt + 5 * cStride + FLOATS);
        ((FloatVector) VECTOR.cast(c52)).intoArray(c, cAt + 5 * cStride + 2 * FLOATS);
        ((FloatVector) VECTOR.cast(c53)).intoArray(c, cAt + 5 * cStride + 3 * FLOATS);
    }
}
