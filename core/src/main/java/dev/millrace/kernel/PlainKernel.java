package dev.millrace.kernel;

import static java.lang.Math.fma;

/** The kernels in plain Java, in loops that the JIT can turn into vector code by itself. */
final class PlainKernel implements Kernel {

    @Override
    public void multiply(
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
            int cStride) {
        for (int i = 0; i < m; i++) {
            int row = cAt + i * cStride;
            System.arraycopy(start, startAt + i * startStride, c, row, n);
            for (int p = 0; p < k; p++) {
                addScaled(a[aAt + i * aRow + p * aColumn], b, p * bStride, c, row, n);
            }
        }
    }

    @Override
    public void multiplyRow(
            int n, float[] a, int[] entries, int count, float[] b, int bStride, float[] start, float[] c) {
        System.arraycopy(start, 0, c, 0, n);
        for (int i = 0; i < count; i++) {
            addScaled(a[entries[i]], b, entries[i] * bStride, c, 0, n);
        }
    }

    private static void addScaled(float factor, float[] b, int bAt, float[] c, int cAt, int n) {
        for (int j = 0; j < n; j++) {
            c[cAt + j] = fma(factor, b[bAt + j], c[cAt + j]);
        }
    }

    @Override
    public int panel(int columns) {
        return columns;
    }

    @Override
    public void multiplyPanels(
            int m,
            int n,
            int k,
            float[] a,
            int aAt,
            int aRow,
            float[] panels,
            float[] start,
            int startAt,
            int startStride,
            float[] c,
            int cAt,
            int cStride) {
        multiply(m, n, k, a, aAt, aRow, 1, panels, n, start, startAt, startStride, c, cAt, cStride);
    }

    @Override
    public void pack(int rows, int columns, float[] b, int bAt, int bStride, float[] panels) {
        for (int i = 0; i < rows; i++) {
            System.arraycopy(b, bAt + i * bStride, panels, i * columns, columns);
        }
    }

    @Override
    public void multiply(
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
        for (int i = 0; i < m; i++) {
            int row = cAt + i * cStride;
            System.arraycopy(start, startAt + i * startStride, c, row, n);
            for (int p = 0; p < k; p++) {
                addScaled(a[aAt + i * aRow + p * aColumn], b, p * bStride, c, row, n);
            }
        }
    }

    private static void addScaled(double factor, double[] b, int bAt, double[] c, int cAt, int n) {
        for (int j = 0; j < n; j++) {
            c[cAt + j] = fma(factor, b[bAt + j], c[cAt + j]);
        }
    }

    @Override
    public void convolve(
            ConvolutionShape shape, int images, float[] x, float[] weights, float[] start, int startStride, float[] y) {
        PlainConvolution.convolve(shape, images, x, weights, start, startStride, y);
    }

    @Override
    public void convolutionGradient(
            ConvolutionShape shape, int images, float[] x, float[] dy, int from, int to, float[] gradient) {
        PlainConvolution.gradient(shape, images, x, dy, from, to, gradient);
    }

    @Override
    public void scaleShiftRelu(int pixels, int channels, float[] x, int at, float[] scale, float[] shift, float[] y) {
        PlainNormalisation.forward(pixels, channels, x, at, scale, shift, y);
    }

    @Override
    public void scaleShiftReluBackward(
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
        PlainNormalisation.backward(pixels, channels, x, at, mean, scale, shift, dy, dx, sums);
    }

    @Override
    public void relu(float[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = Math.max(y[i], 0);
        }
    }

    @Override
    public void reluBackward(float[] y, float[] dy, int n) {
        for (int i = 0; i < n; i++) {
            dy[i] = y[i] > 0 ? dy[i] : 0;
        }
    }

    @Override
    public void addSquares(float[] a, int from, int to, float[] sums) {
        for (int i = from; i < to; i += Padding.LANES) {
            for (int lane = 0; lane < Padding.LANES; lane++) {
                float value = a[i + lane];
                sums[lane] = Math.fma(value, value, sums[lane]);
            }
        }
    }

    @Override
    public void tanh(float[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = Elementary.tanh(y[i]);
        }
    }

    @Override
    public void sigmoid(float[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = Elementary.sigmoid(y[i]);
        }
    }

    @Override
    public void exp(float[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = Elementary.exp(y[i]);
        }
    }

    @Override
    public void exp(double[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = Elementary.exp(y[i]);
        }
    }

    @Override
    public void log(double[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = Elementary.log(y[i]);
        }
    }

    @Override
    public void tanh(double[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = Elementary.tanh(y[i]);
        }
    }

    @Override
    public void sigmoid(double[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = Elementary.sigmoid(y[i]);
        }
    }

    @Override
    public void softplus(double[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = Elementary.softplus(y[i]);
        }
    }

    @Override
    public void softmax(int groups, int n, int count, double[] y) {
        for (int group = 0; group < groups; group++) {
            Softmax.subtractLargest(0, n, n, count, y, group * count * n);
        }
        exp(y, groups * count * n);
        for (int group = 0; group < groups; group++) {
            Softmax.normalise(0, n, n, count, y, group * count * n);
        }
    }

    @Override
    public void softmaxBackward(
            int n, int count, double[] y, int at, double[] step, double[] before, double[] on, double[] dx) {
        Softmax.backward(0, n, n, count, y, at, step, before, on, dx);
    }

    @Override
    public String name() {
        return "plain";
    }
}
