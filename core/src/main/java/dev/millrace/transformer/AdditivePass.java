package dev.millrace.transformer;

import dev.millrace.kernel.Padding;
import java.util.Arrays;

/** Of {@link Additive} and {@link ScaledAdditive}: z = x + (d·t − c). */
record AdditivePass(double[] centre, double[] spread) implements Transformer.Pass {

    @Override
    public void forward(int rows, double[] x, float[] parameters, double[] z, double[] logDet) {
        int entries = centre.length;
        int stride = Padding.stride(entries);
        for (int row = 0; row < rows; row++) {
            int at = row * entries;
            for (int j = 0; j < entries; j++) {
                z[at + j] = x[at + j] + (spread[j] * parameters[row * stride + j] - centre[j]);
            }
        }
    }

    @Override
    public void inverse(int rows, double[] z, float[] parameters, double[] x, double[] logDet) {
        int entries = centre.length;
        int stride = Padding.stride(entries);
        for (int row = 0; row < rows; row++) {
            int at = row * entries;
            for (int j = 0; j < entries; j++) {
                x[at + j] = z[at + j] - (spread[j] * parameters[row * stride + j] - centre[j]);
            }
        }
    }

    @Override
    public void backward(int rows, double[] x, double[] dz, double[] dLogDet, double[] dx, float[] parameterGradients) {
        int entries = centre.length;
        int stride = Padding.stride(entries);
        System.arraycopy(dz, 0, dx, 0, rows * entries);
        for (int row = 0; row < rows; row++) {
            int at = row * entries;
            for (int j = 0; j < entries; j++) {
                parameterGradients[row * stride + j] = (float) (spread[j] * dz[at + j]);
            }
            Arrays.fill(parameterGradients, row * stride + entries, (row + 1) * stride, 0);
        }
    }
}
