package dev.millrace.kernel;

import java.util.Arrays;
import java.util.Random;

/** A random product of one row, half of whose entries are zero as after a ReLU, with a row-major matrix. */
record RowProblem(int n, int k, float[] a, float[] b, float[] start) {

    static RowProblem random(int n, int k, Random random) {
        float[] a = FloatProblem.values(k, random);
        for (int i = 0; i < k; i++) {
            a[i] = random.nextBoolean() ? a[i] : random.nextBoolean() ? 0f : -0f;
        }
        int stride = Padding.stride(n);
        return new RowProblem(n, k, a, FloatProblem.values(k * stride, random), FloatProblem.values(stride, random));
    }

    float[] withoutZeros(Kernel kernel) {
        float[] c = new float[start.length];
        new RowProduct(kernel, new int[k]).multiply(n, k, a, b, Padding.stride(n), start, c);
        return firstColumns(c);
    }

    float[] inPlace(Kernel kernel) {
        float[] c = start.clone();
        new RowProduct(kernel, new int[k]).multiply(n, k, a, b, Padding.stride(n), c, c);
        return firstColumns(c);
    }

    float[] withZeros(Kernel kernel) {
        float[] c = new float[start.length];
        kernel.multiply(1, n, k, a, 0, k, 1, b, Padding.stride(n), start, 0, 0, c, 0, 0);
        return firstColumns(c);
    }

    private float[] firstColumns(float[] c) {
        return Arrays.copyOf(c, n);
    }
}
