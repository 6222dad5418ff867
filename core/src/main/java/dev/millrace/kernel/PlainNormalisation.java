package dev.millrace.kernel;

import static java.lang.Math.fma;

/** Scaled, shifted and rectified channels in plain Java, with the sums in the order of the vector form. */
final class PlainNormalisation {

    private PlainNormalisation() {}

    /** See {@link Kernel#scaleShiftRelu}. */
    static void forward(int pixels, int channels, float[] x, int at, float[] scale, float[] shift, float[] y) {
        for (int p = 0; p < pixels; p++) {
            for (int c = 0; c < channels; c++) {
                int i = at + p * channels + c;
                y[i] = Math.max(fma(x[i], scale[c], shift[c]), 0);
            }
        }
    }

    /** See {@link Kernel#scaleShiftReluBackward}. */
    static void backward(
            int pixels,
            int channels,
            float[] x,
            int at,
            float[] mean,
            float[] scale,
            float[] shift,
            float[] dy,
            float[] dx,
            float[] sums) {
        for (int c = 0; c < channels; c++) {
            float sum = 0;
            float squares = 0;
            float gradient = 0;
            float product = 0;
            for (int p = 0; p < pixels; p++) {
                int i = at + p * channels + c;
                float value = x[i];
                float centred = value - mean[c];
                float dz = fma(value, scale[c], shift[c]) > 0 ? dy[i] : 0;
                sum += centred;
                squares = fma(centred, centred, squares);
                gradient += dz;
                product = fma(dz, centred, product);
                dx[i] = dz * scale[c];
            }
            sums[c] = sum;
            sums[channels + c] = squares;
            sums[2 * channels + c] = gradient;
            sums[3 * channels + c] = product;
        }
    }
}
