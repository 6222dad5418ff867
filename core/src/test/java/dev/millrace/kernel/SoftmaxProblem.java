package dev.millrace.kernel;

import java.util.Arrays;
import java.util.Random;

/** Random softmaxes, and a loss that depends on the sum of an entry's first results and on the one after them. */
record SoftmaxProblem(int groups, int n, int count, double[] arguments, double[] step, double[] before, double[] on) {

    static SoftmaxProblem random(int groups, int n, int count, Random random) {
        double[] step = new double[n];
        Arrays.setAll(step, i -> random.nextInt(count + 1) - 1);
        return new SoftmaxProblem(
                groups,
                n,
                count,
                random.doubles((long) groups * count * n, -30, 30).toArray(),
                step,
                random.doubles(n, -2, 2).toArray(),
                random.doubles(n, -2, 2).toArray());
    }

    double[] forward(Kernel kernel) {
        double[] y = arguments.clone();
        kernel.softmax(groups, n, count, y);
        return y;
    }

    /** Of every group, with the same gradients. */
    double[] backward(Kernel kernel) {
        double[] y = forward(new PlainKernel());
        double[] dx = new double[y.length];
        for (int group = 0; group < groups; group++) {
            kernel.softmaxBackward(n, count, y, group * count * n, step, before, on, dx);
        }
        return dx;
    }

    /** What the loss is for an entry's results. */
    double loss(int group, int entry, double[] y) {
        double loss = 0;
        for (int m = 0; m < count; m++) {
            double result = y[(group * count + m) * n + entry];
            loss += result * (m < step[entry] ? before[entry] : m == step[entry] ? on[entry] : 0);
        }
        return loss;
    }

    SoftmaxProblem withArgument(int at, double value) {
        double[] changed = arguments.clone();
        changed[at] = value;
        return new SoftmaxProblem(groups, n, count, changed, step, before, on);
    }
}
