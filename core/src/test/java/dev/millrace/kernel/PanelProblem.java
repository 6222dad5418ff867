package dev.millrace.kernel;

import static dev.millrace.kernel.FloatProblem.values;

import java.util.Random;

/** A random product with a matrix that many products share: shape and numbers, B row-major. */
record PanelProblem(
        int m, int n, int k, float[] a, int aRow, float[] b, float[] start, int startStride, float[] c, int cStride) {

    static PanelProblem random(int m, int n, int k, Random random) {
        int room = Padding.stride(n);
        int aRow = k + random.nextInt(4);
        int startStride = random.nextBoolean() ? 0 : room;
        int cStride = room + random.nextInt(2);
        return new PanelProblem(
                m,
                n,
                k,
                values(m * aRow, random),
                aRow,
                values(k * room, random),
                values(m * startStride + room, random),
                startStride,
                values(m * cStride, random),
                cStride);
    }

    float[] rowMajor(Kernel kernel) {
        float[] result = c.clone();
        kernel.multiply(m, n, k, a, 0, aRow, 1, b, Padding.stride(n), start, 0, startStride, result, 0, cStride);
        FloatProblem.restoreRoom(m, n, c, 0, cStride, result);
        return result;
    }

    float[] inPanels(Kernel kernel) {
        PanelMatrix matrix = new PanelMatrix(kernel, k, n);
        matrix.set(b, Padding.stride(n));
        return multiplied(matrix);
    }

    float[] inTransposedPanels(Kernel kernel) {
        float[] columns = new float[n * Padding.stride(k)];
        Transposition.transpose(k, n, b, Padding.stride(n), columns, Padding.stride(k));
        PanelMatrix matrix = new PanelMatrix(kernel, k, n);
        matrix.setTransposed(columns, Padding.stride(k));
        return multiplied(matrix);
    }

    float[] packed(Kernel kernel) {
        float[] result = c.clone();
        new PackedProduct(kernel, new float[PackedProduct.ROOM])
                .multiply(m, n, k, a, aRow, b, Padding.stride(n), start, startStride, result, cStride);
        FloatProblem.restoreRoom(m, n, c, 0, cStride, result);
        return result;
    }

    private float[] multiplied(PanelMatrix matrix) {
        float[] result = c.clone();
        matrix.multiply(m, a, aRow, start, startStride, result, cStride);
        FloatProblem.restoreRoom(m, n, c, 0, cStride, result);
        return result;
    }
}
