package dev.millrace.kernel;

import static dev.millrace.kernel.Tiles.VECTOR;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The kernels on the vector API. Lanes repeat {@link Elementary} operation for operation; entries after the last whole
 * vector go through {@link Elementary} itself.
 */
final class VectorKernel implements Kernel {

    private static final VectorSpecies<Float> FLOAT = FloatVector.SPECIES_PREFERRED;
    private static final int FLOATS = FLOAT.length();
    private static final VectorSpecies<Double> DOUBLE = DoubleVector.SPECIES_PREFERRED;

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
        VectorProduct.multiply(
                m, n, k, a, aAt, aRow, aColumn, b, 0, 1, bStride, start, startAt, startStride, c, cAt, cStride);
    }

    @Override
    public void multiplyRow(
            int n, float[] a, int[] entries, int count, float[] b, int bStride, float[] start, float[] c) {
        VectorRowProduct.multiply(n, a, entries, count, b, bStride, start, c);
    }

    @Override
    public int panel(int columns) {
        return VectorProduct.panel(columns);
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
        VectorProduct.multiply(m, n, k, a, aAt, aRow, 1, panels, 0, k, 0, start, startAt, startStride, c, cAt, cStride);
    }

    @Override
    public void pack(int rows, int columns, float[] b, int bAt, int bStride, float[] panels) {
        VectorProduct.pack(rows, columns, b, bAt, bStride, panels);
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
        VectorDoubleProduct.multiply(
                m, n, k, a, aAt, aRow, aColumn, b, bStride, start, startAt, startStride, c, cAt, cStride);
    }

    @Override
    public void convolve(
            ConvolutionShape shape, int images, float[] x, float[] weights, float[] start, int startStride, float[] y) {
        VectorConvolution.convolve(shape, images, x, weights, start, startStride, y);
    }

    @Override
    public void convolutionGradient(
            ConvolutionShape shape, int images, float[] x, float[] dy, int from, int to, float[] gradient) {
        VectorConvolution.gradient(shape, images, x, dy, from, to, gradient);
    }

    @Override
    public void scaleShiftRelu(int pixels, int channels, float[] x, int at, float[] scale, float[] shift, float[] y) {
        VectorNormalisation.forward(pixels, channels, x, at, scale, shift, y);
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
        VectorNormalisation.backward(pixels, channels, x, at, mean, scale, shift, dy, dx, sums);
    }

    @Override
    public void relu(float[] y, int n) {
        int whole = FLOAT.loopBound(n);
        FloatVector zero = FloatVector.zero(FLOAT);
        for (int i = 0; i < whole; i += FLOATS) {
            FloatVector values = FloatVector.fromArray(FLOAT, y, i);
            // max() would take three times as long to get NaN and −0 right, as this does.
            values.blend(zero, values.compare(VectorOperators.LE, zero)).intoArray(y, i);
        }
        for (int i = whole; i < n; i++) {
            y[i] = Math.max(y[i], 0);
        }
    }

    @Override
    public void reluBackward(float[] y, float[] dy, int n) {
        int whole = FLOAT.loopBound(n);
        FloatVector zero = FloatVector.zero(FLOAT);
        for (int i = 0; i < whole; i += FLOATS) {
            VectorMask<Float> positive = FloatVector.fromArray(FLOAT, y, i).compare(VectorOperators.GT, zero);
            zero.blend(FloatVector.fromArray(FLOAT, dy, i), positive).intoArray(dy, i);
        }
        for (int i = whole; i < n; i++) {
            dy[i] = y[i] > 0 ? dy[i] : 0;
        }
    }

    @Override
    public void addSquares(float[] a, int from, int to, float[] sums) {
        for (int lane = 0; lane < Padding.LANES; lane += FLOATS) {
            FloatVector sum = FloatVector.fromArray(FLOAT, sums, lane);
            for (int i = from + lane; i < to; i += Padding.LANES) {
                FloatVector values = FloatVector.fromArray(FLOAT, a, i);
                sum = values.fma(values, sum);
            }
            ((FloatVector) VECTOR.cast(sum)).intoArray(sums, lane);
        }
    }

    @Override
    public void tanh(float[] y, int n) {
        int whole = FLOAT.loopBound(n);
        VectorElementary.tanh(y, whole);
        for (int i = whole; i < n; i++) {
            y[i] = Elementary.tanh(y[i]);
        }
    }

    @Override
    public void sigmoid(float[] y, int n) {
        int whole = FLOAT.loopBound(n);
        VectorElementary.sigmoid(y, whole);
        for (int i = whole; i < n; i++) {
            y[i] = Elementary.sigmoid(y[i]);
        }
    }

    @Override
    public void exp(float[] y, int n) {
        int whole = FLOAT.loopBound(n);
        VectorElementary.exp(y, whole);
        for (int i = whole; i < n; i++) {
            y[i] = Elementary.exp(y[i]);
        }
    }

    @Override
    public void exp(double[] y, int n) {
        int whole = DOUBLE.loopBound(n);
        VectorElementary.exp(y, whole);
        for (int i = whole; i < n; i++) {
            y[i] = Elementary.exp(y[i]);
        }
    }

    @Override
    public void log(double[] y, int n) {
        int whole = DOUBLE.loopBound(n);
        VectorElementary.log(y, whole);
        for (int i = whole; i < n; i++) {
            y[i] = Elementary.log(y[i]);
        }
    }

    @Override
    public void tanh(double[] y, int n) {
        int whole = DOUBLE.loopBound(n);
        VectorElementary.tanh(y, whole);
        for (int i = whole; i < n; i++) {
            y[i] = Elementary.tanh(y[i]);
        }
    }

    @Override
    public void sigmoid(double[] y, int n) {
        int whole = DOUBLE.loopBound(n);
        VectorElementary.sigmoid(y, whole);
        for (int i = whole; i < n; i++) {
            y[i] = Elementary.sigmoid(y[i]);
        }
    }

    @Override
    public void softplus(double[] y, int n) {
        int whole = DOUBLE.loopBound(n);
        VectorElementary.softplus(y, whole);
        for (int i = whole; i < n; i++) {
            y[i] = Elementary.softplus(y[i]);
        }
    }

    @Override
    public void softmax(int groups, int n, int count, double[] y) {
        int whole = DOUBLE.loopBound(n);
        for (int group = 0; group < groups; group++) {
            int at = group * count * n;
            VectorSoftmax.subtractLargest(whole, n, count, y, at);
            Softmax.subtractLargest(whole, n, n, count, y, at);
        }
        exp(y, groups * count * n);
        for (int group = 0; group < groups; group++) {
            int at = group * count * n;
            VectorSoftmax.normalise(whole, n, count, y, at);
            Softmax.normalise(whole, n, n, count, y, at);
        }
    }

    @Override
    public void softmaxBackward(
            int n, int count, double[] y, int at, double[] step, double[] before, double[] on, double[] dx) {
        int whole = DOUBLE.loopBound(n);
        VectorSoftmax.backward(whole, n, count, y, at, step, before, on, dx);
        Softmax.backward(whole, n, n, count, y, at, step, before, on, dx);
    }

    @Override
    public String name() {
        return "vector " + FLOAT.vectorBitSize() + " bits";
    }
}
