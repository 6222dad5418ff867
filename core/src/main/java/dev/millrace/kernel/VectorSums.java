package dev.millrace.kernel;

import static dev.millrace.kernel.Tiles.VECTOR;

import dev.millrace.kernel.ConvolutionShape.Strides;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * What convolutions and their weights' gradients have in common, in vector form: a matrix of sums of which each entry is
 * one chain of fused multiply-adds over several runs of terms, in the notation of {@link Strides}. Register tiles of up to
 * 4 rows × 4 vectors, 8 × 2 or 6 × 2 are written out, as in {@link VectorProduct}.
 *
 * <p>Neither loop of a tile calls a method, not even one that returns a field: the JIT does not inline what it finds rare,
 * and keeps the accumulators in memory for the call. The inner one changes indexes only by their steps, and has no counter
 * of its own: one loop for the terms of all runs would be spared the outer one, but its indexes go through vector
 * registers at every term (JDK 17, 60 % of the speed).
 */
final class VectorSums {

    private static final VectorSpecies<Float> FLOAT = FloatVector.SPECIES_PREFERRED;
    private static final int FLOATS = FLOAT.length();

    private VectorSums() {}

    /**
     * Fills {@code rows} × {@code columns} entries of C, the columns padded. Where the rows are no multiple of a tile's,
     * the last tile goes over some rows again, with the same result: {@code start} must not be {@code c} then.
     *
     * @param runs at least 1
     */
    static void fill(
            Strides s,
            int runs,
            int rows,
            int columns,
            float[] a,
            int aAt,
            float[] b,
            int bAt,
            float[] start,
            int startAt,
            int startStride,
            float[] c,
            int cAt) {
        int vectors = Tiles.WIDEST;
        for (int j = 0; j < columns; j += vectors * FLOATS) {
            while (j + vectors * FLOATS > columns) {
                vectors /= 2;
            }
            for (int i = 0; i < rows; ) {
                int tileRows = tileRows(vectors, rows, rows - i);
                int row = Math.min(i, rows - tileRows);
                tile(
                        s,
                        runs,
                        tileRows,
                        vectors,
                        a,
                        aAt + row * s.aRow(),
                        b,
                        bAt + j,
                        start,
                        startAt + row * startStride + j,
                        startStride,
                        c,
                        cAt + row * s.cStride() + j);
                i += tileRows;
            }
        }
    }

    /** As many as the registers hold accumulators for; but only as many as there are, and no more of those left than need be. */
    private static int tileRows(int vectors, int rows, int left) {
        return switch (vectors) {
            case 4 -> rows >= 4 ? 4 : 1;
            case 2 -> rowsOfTwo(rows, left);
            default -> rows >= 8 ? 8 : 1;
        };
    }

    private static int rowsOfTwo(int rows, int left) {
        if (Tiles.WIDEST == 2 && Tiles.sixRows(left)) {
            return 6;
        }
        if (Tiles.WIDEST == 4 && rows >= 8 && left > 4) {
            return 8;
        }
        return rows >= 4 ? 4 : 1;
    }

    private static void tile(
            Strides s,
            int runs,
            int rows,
            int vectors,
            float[] a,
            int aAt,
            float[] b,
            int bAt,
            float[] start,
            int startAt,
            int startStride,
            float[] c,
            int cAt) {
        switch (10 * rows + vectors) {
            case 44 -> tile4x4(s, runs, a, aAt, b, bAt, start, startAt, startStride, c, cAt);
            case 82 -> tile8x2(s, runs, a, aAt, b, bAt, start, startAt, startStride, c, cAt);
            case 62 -> tile6x2(s, runs, a, aAt, b, bAt, start, startAt, startStride, c, cAt);
            case 42 -> tile4x2(s, runs, a, aAt, b, bAt, start, startAt, startStride, c, cAt);
            case 81 -> tile8x1(s, runs, a, aAt, b, bAt, start, startAt, startStride, c, cAt);
            case 14 -> tile1x4(s, runs, a, aAt, b, bAt, start, startAt, c, cAt);
            case 12 -> tile1x2(s, runs, a, aAt, b, bAt, start, startAt, c, cAt);
            default -> tile1x1(s, runs, a, aAt, b, bAt, start, startAt, c, cAt);
        }
    }

    private static void tile4x4(
            Strides s,
            int runs,
            float[] a,
            int aAt,
            float[] b,
            int bAt,
            float[] start,
            int startAt,
            int startStride,
            float[] c,
            int cAt) {
        int aRow = s.aRow();
        int aColumn = s.aColumn();
        int bStride = s.bStride();
        int cStride = s.cStride();
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
        int aLength = s.terms() * aColumn;
        int runsPerImage = s.runsPerImage();
        int runsLeft = runsPerImage;
        int aEnd = s.aEnd();
        int bEnd = s.bEnd();
        int aJump = s.aJump();
        int bJump = s.bJump();
        int a1 = aRow;
        int a2 = 2 * aRow;
        int a3 = 3 * aRow;
        while (true) {
            int aStop = aAt + aLength;
            do {
                FloatVector b0 = FloatVector.fromArray(FLOAT, b, bAt);
                FloatVector b1 = FloatVector.fromArray(FLOAT, b, bAt + FLOATS);
                FloatVector b2 = FloatVector.fromArray(FLOAT, b, bAt + 2 * FLOATS);
                FloatVector b3 = FloatVector.fromArray(FLOAT, b, bAt + 3 * FLOATS);
                FloatVector factor = FloatVector.broadcast(FLOAT, a[aAt]);
                c00 = factor.fma(b0, c00);
                c01 = factor.fma(b1, c01);
                c02 = factor.fma(b2, c02);
                c03 = factor.fma(b3, c03);
                factor = FloatVector.broadcast(FLOAT, a[aAt + a1]);
                c10 = factor.fma(b0, c10);
                c11 = factor.fma(b1, c11);
                c12 = factor.fma(b2, c12);
                c13 = factor.fma(b3, c13);
                factor = FloatVector.broadcast(FLOAT, a[aAt + a2]);
                c20 = factor.fma(b0, c20);
                c21 = factor.fma(b1, c21);
                c22 = factor.fma(b2, c22);
                c23 = factor.fma(b3, c23);
                factor = FloatVector.broadcast(FLOAT, a[aAt + a3]);
                c30 = factor.fma(b0, c30);
                c31 = factor.fma(b1, c31);
                c32 = factor.fma(b2, c32);
                c33 = factor.fma(b3, c33);
                aAt += aColumn;
                bAt += bStride;
            } while (aAt != aStop);
            if (--runs == 0) {
                break;
            }
            aAt += aEnd;
            bAt += bEnd;
            if (--runsLeft == 0) {
                runsLeft = runsPerImage;
                aAt += aJump;
                bAt += bJump;
            }
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
    }

    private static void tile8x2(
            Strides s,
            int runs,
            float[] a,
            int aAt,
            float[] b,
            int bAt,
            float[] start,
            int startAt,
            int startStride,
            float[] c,
            int cAt) {
        int aRow = s.aRow();
        int aColumn = s.aColumn();
        int bStride = s.bStride();
        int cStride = s.cStride();
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
        int aLength = s.terms() * aColumn;
        int runsPerImage = s.runsPerImage();
        int runsLeft = runsPerImage;
        int aEnd = s.aEnd();
        int bEnd = s.bEnd();
        int aJump = s.aJump();
        int bJump = s.bJump();
        int a1 = aRow;
        int a2 = 2 * aRow;
        int a3 = 3 * aRow;
        int a4 = 4 * aRow;
        int a5 = 5 * aRow;
        int a6 = 6 * aRow;
        int a7 = 7 * aRow;
        while (true) {
            int aStop = aAt + aLength;
            do {
                FloatVector b0 = FloatVector.fromArray(FLOAT, b, bAt);
                FloatVector b1 = FloatVector.fromArray(FLOAT, b, bAt + FLOATS);
                FloatVector factor = FloatVector.broadcast(FLOAT, a[aAt]);
                c00 = factor.fma(b0, c00);
                c01 = factor.fma(b1, c01);
                factor = FloatVector.broadcast(FLOAT, a[aAt + a1]);
                c10 = factor.fma(b0, c10);
                c11 = factor.fma(b1, c11);
                factor = FloatVector.broadcast(FLOAT, a[aAt + a2]);
                c20 = factor.fma(b0, c20);
                c21 = factor.fma(b1, c21);
                factor = FloatVector.broadcast(FLOAT, a[aAt + a3]);
                c30 = factor.fma(b0, c30);
                c31 = factor.fma(b1, c31);
                factor = FloatVector.broadcast(FLOAT, a[aAt + a4]);
                c40 = factor.fma(b0, c40);
                c41 = factor.fma(b1, c41);
                factor = FloatVector.broadcast(FLOAT, a[aAt + a5]);
                c50 = factor.fma(b0, c50);
                c51 = factor.fma(b1, c51);
                factor = FloatVector.broadcast(FLOAT, a[aAt + a6]);
                c60 = factor.fma(b0, c60);
                c61 = factor.fma(b1, c61);
                factor = FloatVector.broadcast(FLOAT, a[aAt + a7]);
                c70 = factor.fma(b0, c70);
                c71 = factor.fma(b1, c71);
                aAt += aColumn;
                bAt += bStride;
            } while (aAt != aStop);
            if (--runs == 0) {
                break;
            }
            aAt += aEnd;
            bAt += bEnd;
            if (--runsLeft == 0) {
                runsLeft = runsPerImage;
                aAt += aJump;
                bAt += bJump;
            }
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

    private static void tile6x2(
            Strides s,
            int runs,
            float[] a,
            int aAt,
            float[] b,
            int bAt,
            float[] start,
            int startAt,
            int startStride,
            float[] c,
            int cAt) {
        int aRow = s.aRow();
        int aColumn = s.aColumn();
        int bStride = s.bStride();
        int cStride = s.cStride();
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
        int aLength = s.terms() * aColumn;
        int runsPerImage = s.runsPerImage();
        int runsLeft = runsPerImage;
        int aEnd = s.aEnd();
        int bEnd = s.bEnd();
        int aJump = s.aJump();
        int bJump = s.bJump();
        int a1 = aRow;
        int a2 = 2 * aRow;
        int a3 = 3 * aRow;
        int a4 = 4 * aRow;
        int a5 = 5 * aRow;
        while (true) {
            int aStop = aAt + aLength;
            do {
                FloatVector b0 = FloatVector.fromArray(FLOAT, b, bAt);
                FloatVector b1 = FloatVector.fromArray(FLOAT, b, bAt + FLOATS);
                FloatVector factor = FloatVector.broadcast(FLOAT, a[aAt]);
                c00 = factor.fma(b0, c00);
                c01 = factor.fma(b1, c01);
                factor = FloatVector.broadcast(FLOAT, a[aAt + a1]);
                c10 = factor.fma(b0, c10);
                c11 = factor.fma(b1, c11);
                factor = FloatVector.broadcast(FLOAT, a[aAt + a2]);
                c20 = factor.fma(b0, c20);
                c21 = factor.fma(b1, c21);
                factor = FloatVector.broadcast(FLOAT, a[aAt + a3]);
                c30 = factor.fma(b0, c30);
                c31 = factor.fma(b1, c31);
                factor = FloatVector.broadcast(FLOAT, a[aAt + a4]);
                c40 = factor.fma(b0, c40);
                c41 = factor.fma(b1, c41);
                factor = FloatVector.broadcast(FLOAT, a[aAt + a5]);
                c50 = factor.fma(b0, c50);
                c51 = factor.fma(b1, c51);
                aAt += aColumn;
                bAt += bStride;
            } while (aAt != aStop);
            if (--runs == 0) {
                break;
            }
            aAt += aEnd;
            bAt += bEnd;
            if (--runsLeft == 0) {
                runsLeft = runsPerImage;
                aAt += aJump;
                bAt += bJump;
            }
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
    }

    private static void tile4x2(
            Strides s,
            int runs,
            float[] a,
            int aAt,
            float[] b,
            int bAt,
            float[] start,
            int startAt,
            int startStride,
            float[] c,
            int cAt) {
        int aRow = s.aRow();
        int aColumn = s.aColumn();
        int bStride = s.bStride();
        int cStride = s.cStride();
        FloatVector c00 = FloatVector.fromArray(FLOAT, start, startAt);
        FloatVector c01 = FloatVector.fromArray(FLOAT, start, startAt + FLOATS);
        FloatVector c10 = FloatVector.fromArray(FLOAT, start, startAt + startStride);
        FloatVector c11 = FloatVector.fromArray(FLOAT, start, startAt + startStride + FLOATS);
        FloatVector c20 = FloatVector.fromArray(FLOAT, start, startAt + 2 * startStride);
        FloatVector c21 = FloatVector.fromArray(FLOAT, start, startAt + 2 * startStride + FLOATS);
        FloatVector c30 = FloatVector.fromArray(FLOAT, start, startAt + 3 * startStride);
        FloatVector c31 = FloatVector.fromArray(FLOAT, start, startAt + 3 * startStride + FLOATS);
        int aLength = s.terms() * aColumn;
        int runsPerImage = s.runsPerImage();
        int runsLeft = runsPerImage;
        int aEnd = s.aEnd();
        int bEnd = s.bEnd();
        int aJump = s.aJump();
        int bJump = s.bJump();
        int a1 = aRow;
        int a2 = 2 * aRow;
        int a3 = 3 * aRow;
        while (true) {
            int aStop = aAt + aLength;
            do {
                FloatVector b0 = FloatVector.fromArray(FLOAT, b, bAt);
                FloatVector b1 = FloatVector.fromArray(FLOAT, b, bAt + FLOATS);
                FloatVector factor = FloatVector.broadcast(FLOAT, a[aAt]);
                c00 = factor.fma(b0, c00);
                c01 = factor.fma(b1, c01);
                factor = FloatVector.broadcast(FLOAT, a[aAt + a1]);
                c10 = factor.fma(b0, c10);
                c11 = factor.fma(b1, c11);
                factor = FloatVector.broadcast(FLOAT, a[aAt + a2]);
                c20 = factor.fma(b0, c20);
                c21 = factor.fma(b1, c21);
                factor = FloatVector.broadcast(FLOAT, a[aAt + a3]);
                c30 = factor.fma(b0, c30);
                c31 = factor.fma(b1, c31);
                aAt += aColumn;
                bAt += bStride;
            } while (aAt != aStop);
            if (--runs == 0) {
                break;
            }
            aAt += aEnd;
            bAt += bEnd;
            if (--runsLeft == 0) {
                runsLeft = runsPerImage;
                aAt += aJump;
                bAt += bJump;
            }
        }
        ((FloatVector) VECTOR.cast(c00)).intoArray(c, cAt);
        ((FloatVector) VECTOR.cast(c01)).intoArray(c, cAt + FLOATS);
        ((FloatVector) VECTOR.cast(c10)).intoArray(c, cAt + cStride);
        ((FloatVector) VECTOR.cast(c11)).intoArray(c, cAt + cStride + FLOATS);
        ((FloatVector) VECTOR.cast(c20)).intoArray(c, cAt + 2 * cStride);
        ((FloatVector) VECTOR.cast(c21)).intoArray(c, cAt + 2 * cStride + FLOATS);
        ((FloatVector) VECTOR.cast(c30)).intoArray(c, cAt + 3 * cStride);
        ((FloatVector) VECTOR.cast(c31)).intoArray(c, cAt + 3 * cStride + FLOATS);
    }

    private static void tile8x1(
            Strides s,
            int runs,
            float[] a,
            int aAt,
            float[] b,
            int bAt,
            float[] start,
            int startAt,
            int startStride,
            float[] c,
            int cAt) {
        int aRow = s.aRow();
        int aColumn = s.aColumn();
        int bStride = s.bStride();
        int cStride = s.cStride();
        FloatVector c00 = FloatVector.fromArray(FLOAT, start, startAt);
        FloatVector c10 = FloatVector.fromArray(FLOAT, start, startAt + startStride);
        FloatVector c20 = FloatVector.fromArray(FLOAT, start, startAt + 2 * startStride);
        FloatVector c30 = FloatVector.fromArray(FLOAT, start, startAt + 3 * startStride);
        FloatVector c40 = FloatVector.fromArray(FLOAT, start, startAt + 4 * startStride);
        FloatVector c50 = FloatVector.fromArray(FLOAT, start, startAt + 5 * startStride);
        FloatVector c60 = FloatVector.fromArray(FLOAT, start, startAt + 6 * startStride);
        FloatVector c70 = FloatVector.fromArray(FLOAT, start, startAt + 7 * startStride);
        int aLength = s.terms() * aColumn;
        int runsPerImage = s.runsPerImage();
        int runsLeft = runsPerImage;
        int aEnd = s.aEnd();
        int bEnd = s.bEnd();
        int aJump = s.aJump();
        int bJump = s.bJump();
        int a1 = aRow;
        int a2 = 2 * aRow;
        int a3 = 3 * aRow;
        int a4 = 4 * aRow;
        int a5 = 5 * aRow;
        int a6 = 6 * aRow;
        int a7 = 7 * aRow;
        while (true) {
            int aStop = aAt + aLength;
            do {
                FloatVector b0 = FloatVector.fromArray(FLOAT, b, bAt);
                FloatVector factor = FloatVector.broadcast(FLOAT, a[aAt]);
                c00 = factor.fma(b0, c00);
                factor = FloatVector.broadcast(FLOAT, a[aAt + a1]);
                c10 = factor.fma(b0, c10);
                factor = FloatVector.broadcast(FLOAT, a[aAt + a2]);
                c20 = factor.fma(b0, c20);
                factor = FloatVector.broadcast(FLOAT, a[aAt + a3]);
                c30 = factor.fma(b0, c30);
                factor = FloatVector.broadcast(FLOAT, a[aAt + a4]);
                c40 = factor.fma(b0, c40);
                factor = FloatVector.broadcast(FLOAT, a[aAt + a5]);
                c50 = factor.fma(b0, c50);
                factor = FloatVector.broadcast(FLOAT, a[aAt + a6]);
                c60 = factor.fma(b0, c60);
                factor = FloatVector.broadcast(FLOAT, a[aAt + a7]);
                c70 = factor.fma(b0, c70);
                aAt += aColumn;
                bAt += bStride;
            } while (aAt != aStop);
            if (--runs == 0) {
                break;
            }
            aAt += aEnd;
            bAt += bEnd;
            if (--runsLeft == 0) {
                runsLeft = runsPerImage;
                aAt += aJump;
                bAt += bJump;
            }
        }
        ((FloatVector) VECTOR.cast(c00)).intoArray(c, cAt);
        ((FloatVector) VECTOR.cast(c10)).intoArray(c, cAt + cStride);
        ((FloatVector) VECTOR.cast(c20)).intoArray(c, cAt + 2 * cStride);
        ((FloatVector) VECTOR.cast(c30)).intoArray(c, cAt + 3 * cStride);
        ((FloatVector) VECTOR.cast(c40)).intoArray(c, cAt + 4 * cStride);
        ((FloatVector) VECTOR.cast(c50)).intoArray(c, cAt + 5 * cStride);
        ((FloatVector) VECTOR.cast(c60)).intoArray(c, cAt + 6 * cStride);
        ((FloatVector) VECTOR.cast(c70)).intoArray(c, cAt + 7 * cStride);
    }

    private static void tile1x4(
            Strides s,
            int runs,
            float[] a,
            int aAt,
            float[] b,
            int bAt,
            float[] start,
            int startAt,
            float[] c,
            int cAt) {
        int aColumn = s.aColumn();
        int bStride = s.bStride();
        FloatVector c00 = FloatVector.fromArray(FLOAT, start, startAt);
        FloatVector c01 = FloatVector.fromArray(FLOAT, start, startAt + FLOATS);
        FloatVector c02 = FloatVector.fromArray(FLOAT, start, startAt + 2 * FLOATS);
        FloatVector c03 = FloatVector.fromArray(FLOAT, start, startAt + 3 * FLOATS);
        int aLength = s.terms() * aColumn;
        int runsPerImage = s.runsPerImage();
        int runsLeft = runsPerImage;
        int aEnd = s.aEnd();
        int bEnd = s.bEnd();
        int aJump = s.aJump();
        int bJump = s.bJump();
        while (true) {
            int aStop = aAt + aLength;
            do {
                FloatVector b0 = FloatVector.fromArray(FLOAT, b, bAt);
                FloatVector b1 = FloatVector.fromArray(FLOAT, b, bAt + FLOATS);
                FloatVector b2 = FloatVector.fromArray(FLOAT, b, bAt + 2 * FLOATS);
                FloatVector b3 = FloatVector.fromArray(FLOAT, b, bAt + 3 * FLOATS);
                FloatVector factor = FloatVector.broadcast(FLOAT, a[aAt]);
                c00 = factor.fma(b0, c00);
                c01 = factor.fma(b1, c01);
                c02 = factor.fma(b2, c02);
                c03 = factor.fma(b3, c03);
                aAt += aColumn;
                bAt += bStride;
            } while (aAt != aStop);
            if (--runs == 0) {
                break;
            }
            aAt += aEnd;
            bAt += bEnd;
            if (--runsLeft == 0) {
                runsLeft = runsPerImage;
                aAt += aJump;
                bAt += bJump;
            }
        }
        ((FloatVector) VECTOR.cast(c00)).intoArray(c, cAt);
        ((FloatVector) VECTOR.cast(c01)).intoArray(c, cAt + FLOATS);
        ((FloatVector) VECTOR.cast(c02)).intoArray(c, cAt + 2 * FLOATS);
        ((FloatVector) VECTOR.cast(c03)).intoArray(c, cAt + 3 * FLOATS);
    }

    private static void tile1x2(
            Strides s,
            int runs,
            float[] a,
            int aAt,
            float[] b,
            int bAt,
            float[] start,
            int startAt,
            float[] c,
            int cAt) {
        int aColumn = s.aColumn();
        int bStride = s.bStride();
        FloatVector c00 = FloatVector.fromArray(FLOAT, start, startAt);
        FloatVector c01 = FloatVector.fromArray(FLOAT, start, startAt + FLOATS);
        int aLength = s.terms() * aColumn;
        int runsPerImage = s.runsPerImage();
        int runsLeft = runsPerImage;
        int aEnd = s.aEnd();
        int bEnd = s.bEnd();
        int aJump = s.aJump();
        int bJump = s.bJump();
        while (true) {
            int aStop = aAt + aLength;
            do {
                FloatVector b0 = FloatVector.fromArray(FLOAT, b, bAt);
                FloatVector b1 = FloatVector.fromArray(FLOAT, b, bAt + FLOATS);
                FloatVector factor = FloatVector.broadcast(FLOAT, a[aAt]);
                c00 = factor.fma(b0, c00);
                c01 = factor.fma(b1, c01);
                aAt += aColumn;
                bAt += bStride;
            } while (aAt != aStop);
            if (--runs == 0) {
                break;
            }
            aAt += aEnd;
            bAt += bEnd;
            if (--runsLeft == 0) {
                runsLeft = runsPerImage;
                aAt += aJump;
                bAt += bJump;
            }
        }
        ((FloatVector) VECTOR.cast(c00)).intoArray(c, cAt);
        ((FloatVector) VECTOR.cast(c01)).intoArray(c, cAt + FLOATS);
    }

    private static void tile1x1(
            Strides s,
            int runs,
            float[] a,
            int aAt,
            float[] b,
            int bAt,
            float[] start,
            int startAt,
            float[] c,
            int cAt) {
        int aColumn = s.aColumn();
        int bStride = s.bStride();
        FloatVector c00 = FloatVector.fromArray(FLOAT, start, startAt);
        int aLength = s.terms() * aColumn;
        int runsPerImage = s.runsPerImage();
        int runsLeft = runsPerImage;
        int aEnd = s.aEnd();
        int bEnd = s.bEnd();
        int aJump = s.aJump();
        int bJump = s.bJump();
        while (true) {
            int aStop = aAt + aLength;
            do {
                FloatVector b0 = FloatVector.fromArray(FLOAT, b, bAt);
                FloatVector factor = FloatVector.broadcast(FLOAT, a[aAt]);
                c00 = factor.fma(b0, c00);
                aAt += aColumn;
                bAt += bStride;
            } while (aAt != aStop);
            if (--runs == 0) {
                break;
            }
            aAt += aEnd;
            bAt += bEnd;
            if (--runsLeft == 0) {
                runsLeft = runsPerImage;
                aAt += aJump;
                bAt += bJump;
            }
        }
        ((FloatVector) VECTOR.cast(c00)).intoArray(c, cAt);
    }
}
