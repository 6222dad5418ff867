package dev.millrace.kernel;

import java.util.Arrays;
import java.util.Random;

/** A random float product: shape, layout and numbers. */
record FloatProblem(
        int m,
        int n,
        int k,
        float[] a,
        int aAt,
        int aRow,
        int aColumn,
        float[] b,
        int bStride,
        float[] start,
        int startAt,
        int startStride,
        float[] c,
        int cAt,
        int cStride,
        boolean inPlace) {

    static FloatProblem random(int m, int n, int k, Random random) {
        boolean transposed = random.nextBoolean();
        boolean inPlace = random.nextBoolean();
        int gap = 1 + random.nextInt(3);
        int aAt = random.nextInt(4);
        int aRow = transposed ? 1 : k * gap;
        int aColumn = transposed ? m : gap;
        int room = Padding.stride(n);
        int bStride = room + random.nextInt(4);
        int startAt = random.nextInt(4);
        int startStride = random.nextInt(3) == 0 ? 0 : room + random.nextInt(4);
        int cAt = random.nextInt(4);
        int cStride = room + random.nextInt(4);
        return new FloatProblem(
                m,
                n,
                k,
                values(aAt + m * k * gap, random),
                aAt,
                aRow,
                aColumn,
                values(k * bStride, random),
                bStride,
                values(startAt + m * startStride + room, random),
                startAt,
                startStride,
                values(cAt + m * cStride + 3, random),
                cAt,
                cStride,
                inPlace);
    }

    /** Numbers in [−1, 1). */
    static float[] values(int length, Random random) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = 2 * random.nextFloat() - 1;
        }
        return values;
    }

    /** The whole array C after the product, with what stands around the result. */
    float[] with(Kernel kernel) {
        float[] result = c.clone();
        if (inPlace) {
            kernel.multiply(m, n, k, a, aAt, aRow, aColumn, b, bStride, result, cAt, cStride, result, cAt, cStride);
        } else {
            kernel.multiply(
                    m, n, k, a, aAt, aRow, aColumn, b, bStride, start, startAt, startStride, result, cAt, cStride);
        }
        restoreRoom(m, n, c, cAt, cStride, result);
        return result;
    }

    /** Entries between C's columns and the next multiple of {@link Padding#LANES} may be written or not. */
    static void restoreRoom(int m, int n, float[] c, int cAt, int cStride, float[] result) {
        for (int i = 0; i < m; i++) {
            int row = cAt + i * cStride;
            System.arraycopy(c, row + n, result, row + n, Padding.stride(n) - n);
        }
    }

    /** The same array in double, by the definition of a matrix product. */
    double[] exactly() {
        double[] result = new double[c.length];
        Arrays.setAll(result, i -> c[i]);
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                int at = cAt + i * cStride + j;
                double sum = inPlace ? c[at] : start[startAt + i * startStride + j];
                for (int p = 0; p < k; p++) {
                    sum += (double) a[aAt + i * aRow + p * aColumn] * b[p * bStride + j];
                }
                result[at] = sum;
            }
        }
        return result;
    }
}
