package dev.millrace.kernel;

import static java.lang.Math.fma;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** The double matrix product in vector form, for the small square matrices of linear flow layers. */
final class VectorDoubleProduct {

    private static final VectorSpecies<Double> DOUBLE = DoubleVector.SPECIES_PREFERRED;
    private static final int DOUBLES = DOUBLE.length();

    /** See {@link Tiles#VECTOR}. */
    private static final Class<?> VECTOR = DOUBLE.vectorType();

    private VectorDoubleProduct() {}

    static void multiply(
            int m,
            int n,
            int k,
            double[] a,
            int aAt,
            int aRow,
            int aColumn,
            double[] b,
            int bStride,
            double[] start,
            int startAt,
            int startStride,
            double[] c,
            int cAt,
            int cStride) {
        int whole = DOUBLE.loopBound(n);
        int i = 0;
        for (; i + 4 <= m; i += 4) {
            for (int j = 0; j < whole; j += DOUBLES) {
                tile4(
                        k,
                        a,
                        aAt + i * aRow,
                        aRow,
                        aColumn,
                        b,
                        j,
                        bStride,
                        start,
                        startAt + i * startStride + j,
                        startStride,
                        c,
                        cAt + i * cStride + j,
                        cStride);
            }
        }
        for (; i < m; i++) {
            for (int j = 0; j < whole; j += DOUBLES) {
                tile1(
                        k,
                        a,
                        aAt + i * aRow,
                        aColumn,
                        b,
                        j,
                        bStride,
                        start,
                        startAt + i * startStride + j,
                        c,
                        cAt + i * cStride + j);
            }
        }
        for (int j = whole; j < n; j++) {
            column(m, k, a, aAt, aRow, aColumn, b, j, bStride, start, startAt + j, startStride, c, cAt + j, cStride);
        }
    }

    /** A column that fills no vector: four rows at a time, since each sum waits for itself. */
    private static void column(
            int m,
            int k,
            double[] a,
            int aAt,
            int aRow,
            int aColumn,
            double[] b,
            int bAt,
            int bStride,
            double[] start,
            int startAt,
            int startStride,
            double[] c,
            int cAt,
            int cStride) {
        int i = 0;
        for (; i + 4 <= m; i += 4) {
            int from = startAt + i * startStride;
            double c0 = start[from];
            double c1 = start[from + startStride];
            double c2 = start[from + 2 * startStride];
            double c3 = start[from + 3 * startStride];
            int entry = aAt + i * aRow;
            for (int p = 0, row = bAt; p < k; p++, row += bStride, entry += aColumn) {
                double factor = b[row];
                c0 = fma(a[entry], factor, c0);
                c1 = fma(a[entry + aRow], factor, c1);
                c2 = fma(a[entry + 2 * aRow], factor, c2);
                c3 = fma(a[entry + 3 * aRow], factor, c3);
            }
            int to = cAt + i * cStride;
            c[to] = c0;
            c[to + cStride] = c1;
            c[to + 2 * cStride] = c2;
            c[to + 3 * cStride] = c3;
        }
        for (; i < m; i++) {
            double sum = start[startAt + i * startStride];
            for (int p = 0; p < k; p++) {
                sum = fma(a[aAt + i * aRow + p * aColumn], b[bAt + p * bStride], sum);
            }
            c[cAt + i * cStride] = sum;
        }
    }

    private static void tile4(
            int k,
            double[] a,
            int aAt,
            int aRow,
            int aColumn,
            double[] b,
            int bAt,
            int bStride,
            double[] start,
            int startAt,
            int startStride,
            double[] c,
            int cAt,
            int cStride) {
        DoubleVector c0 = DoubleVector.fromArray(DOUBLE, start, startAt);
        DoubleVector c1 = DoubleVector.fromArray(DOUBLE, start, startAt + startStride);
        DoubleVector c2 = DoubleVector.fromArray(DOUBLE, start, startAt + 2 * startStride);
        DoubleVector c3 = DoubleVector.fromArray(DOUBLE, start, startAt + 3 * startStride);
        for (int p = 0; p < k; p++) {
            DoubleVector row = DoubleVector.fromArray(DOUBLE, b, bAt);
            c0 = row.fma(DoubleVector.broadcast(DOUBLE, a[aAt]), c0);
            c1 = row.fma(DoubleVector.broadcast(DOUBLE, a[aAt + aRow]), c1);
            c2 = row.fma(DoubleVector.broadcast(DOUBLE, a[aAt + 2 * aRow]), c2);
            c3 = row.fma(DoubleVector.broadcast(DOUBLE, a[aAt + 3 * aRow]), c3);
            aAt += aColumn;
            bAt += bStride;
        }
        ((DoubleVector) VECTOR.cast(c0)).intoArray(c, cAt);
        ((DoubleVector) VECTOR.cast(c1)).intoArray(c, cAt + cStride);
        ((DoubleVector) VECTOR.cast(c2)).intoArray(c, cAt + 2 * cStride);
        ((DoubleVector) VECTOR.cast(c3)).intoArray(c, cAt + 3 * cStride);
    }

    private static void tile1(
            int k,
            double[] a,
            int aAt,
            int aColumn,
            double[] b,
            int bAt,
            int bStride,
            double[] start,
            int startAt,
            double[] c,
            int cAt) {
        DoubleVector sum = DoubleVector.fromArray(DOUBLE, start, startAt);
        for (int p = 0; p < k; p++) {
            sum = DoubleVector.fromArray(DOUBLE, b, bAt).fma(DoubleVector.broadcast(DOUBLE, a[aAt]), sum);
            aAt += aColumn;
            bAt += bStride;
        }
        ((DoubleVector) VECTOR.cast(sum)).intoArray(c, cAt);
    }
}
