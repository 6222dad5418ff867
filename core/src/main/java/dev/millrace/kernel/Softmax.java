package dev.millrace.kernel;

/** The plain form of the softmax and its derivative, for some of the entries ({@link Kernel#softmax}). */
final class Softmax {

    private Softmax() {}

    static void subtractLargest(int from, int to, int n, int count, double[] y, int at) {
        for (int i = from; i < to; i++) {
            int end = at + count * n + i;
            double largest = y[at + i];
            for (int p = at + i; p < end; p += n) {
                largest = y[p] > largest ? y[p] : largest;
            }
            for (int p = at + i; p < end; p += n) {
                y[p] -= largest;
            }
        }
    }

    static void normalise(int from, int to, int n, int count, double[] y, int at) {
        for (int i = from; i < to; i++) {
            int end = at + count * n + i;
            double sum = 0;
            for (int p = at + i; p < end; p += n) {
                sum += y[p];
            }
            double factor = 1 / sum;
            for (int p = at + i; p < end; p += n) {
                y[p] *= factor;
            }
        }
    }

    static void backward(
            int from,
            int to,
            int n,
            int count,
            double[] y,
            int at,
            double[] step,
            double[] before,
            double[] on,
            double[] dx) {
        for (int i = from; i < to; i++) {
            double mean = 0;
            for (int m = 0, p = at + i; m < count; m++, p += n) {
                mean = Math.fma(y[p], gradient(m, step[i], before[i], on[i]), mean);
            }
            for (int m = 0, p = at + i; m < count; m++, p += n) {
                dx[p] = y[p] * (gradient(m, step[i], before[i], on[i]) - mean);
            }
        }
    }

    private static double gradient(int m, double step, double before, double on) {
        return m < step ? before : m == step ? on : 0;
    }
}
