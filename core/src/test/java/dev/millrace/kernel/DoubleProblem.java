package dev.millrace.kernel;

import java.util.Random;

/** A random double product: shape, layout and numbers. */
record DoubleProblem(
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
        int cStride,
        boolean inPlace) {

    static DoubleProblem random(int m, int n, int k, Random random) {
        boolean transposed = random.nextBoolean();
        boolean inPlace = random.nextBoolean();
        int gap = 1 + random.nextInt(3);
        int aAt = random.nextInt(4);
        int aRow = transposed ? 1 : k * gap;
        int aColumn = transposed ? m : gap;
        int bStride = n + random.nextInt(4);
        int startAt = random.nextInt(4);
        int startStride = random.nextInt(3) == 0 ? 0 : n + random.nextInt(4);
        int cAt = random.nextInt(4);
        int cStride = n + random.nextInt(4);
        return new DoubleProblem(
                m,
                n,
                k,
                values(aAt + m * k * gap, random),
                aAt,
                aRow,
                aColumn,
                values(k * bStride, random),
                bStride,
                values(startAt + m * startStride + n, random),
                startAt,
                startStride,
                values(cAt + m * cStride + 3, random),
                cAt,
                cStride,
                inPlace);
    }

    private static double[] values(int length, Random random) {
        double[] values = new double[length];
        for (int i = 0; i < length; i++) {
            values[i] = 2 * random.nextDouble() - 1;
        }
        return values;
    }

    /** The whole array C after the product, with what stands around the result. */
    double[] with(Kernel kernel) {
        double[] result = c.clone();
        if (inPlace) {
            kernel.multiply(m, n, k, a, aAt, aRow, aColumn, b, bStride, result, cAt, cStride, result, cAt, cStride);
        } else {
            kernel.multiply(
                    m, n, k, a, aAt, aRow, aColumn, b, bStride, start, startAt, startStride, result, cAt, cStride);
        }
        return result;
    }

    /** The same array by the definition of a matrix product. */
    double[] exactly() {
        double[] result = c.clone();

        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                int at = cAt + i * cStride + j;
                double sum = inPlace ? c[at] : start[startAt + i * startStride + j];
                for (int p = 0; p < k; p++) {
                    sum += a[aAt + i * aRow + p * aColumn] * b[p * bStride + j];
                }
                result[at] = sum;
            }
        }
        return result;
    }
}
