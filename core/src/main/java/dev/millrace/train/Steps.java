package dev.millrace.train;

import dev.millrace.train.Optimizer.StepFactors;

/** The inner loops of the optimisers, written so that the JIT turns them into vector code. */
final class Steps {

    /**
     * To add this to a running mean and take it away again leaves the bits of all that counts, and a multiple of 2⁻⁹⁰ of
     * the rest. Where gradients have become zero, as behind a ReLU that no row activates any more, the mean would else go on
     * falling until it is subnormal, and stay there: Intel's processors take some hundred cycles for every such vector, in
     * each step.
     */
    private static final float FAR_BELOW_MEANS = 1e-20f;

    /** The same for means of squares. */
    private static final float FAR_BELOW_SQUARES = 1e-30f;

    private Steps() {}

    static void adam(
            float[] p, float[] g, float[] first, float[] second, StepFactors f, float decay, int from, int to) {
        float clip = (float) f.clip;
        float rate = (float) f.rate;
        float keepFirst = (float) f.beta1;
        float addFirst = (float) (1 - f.beta1);
        float keepSecond = (float) f.beta2;
        float addSecond = (float) (1 - f.beta2);
        float root = (float) f.secondRoot;
        float epsilon = (float) f.epsilon;
        for (int i = from; i < to; i++) {
            float gradient = g[i] * clip;
            float m = (keepFirst * first[i] + addFirst * gradient + FAR_BELOW_MEANS) - FAR_BELOW_MEANS;
            float v = (keepSecond * second[i] + addSecond * (gradient * gradient) + FAR_BELOW_SQUARES)
                    - FAR_BELOW_SQUARES;
            first[i] = m;
            second[i] = v;
            p[i] = p[i] * decay - rate * m / ((float) Math.sqrt(v) * root + epsilon);
        }
    }

    static void sgd(float[] p, float[] g, float[] velocity, StepFactors f, float decay, int from, int to) {
        float clip = (float) f.clip;
        float rate = (float) f.rate;
        float momentum = (float) f.beta1;
        for (int i = from; i < to; i++) {
            float v = (momentum * velocity[i] + g[i] * clip + FAR_BELOW_MEANS) - FAR_BELOW_MEANS;
            velocity[i] = v;
            p[i] = p[i] * decay - rate * v;
        }
    }

    static void adam(
            double[] p, double[] g, double[] first, double[] second, StepFactors f, double rate, int from, int to) {
        for (int i = from; i < to; i++) {
            double gradient = g[i] * f.clip;
            double m = f.beta1 * first[i] + (1 - f.beta1) * gradient;
            double v = f.beta2 * second[i] + (1 - f.beta2) * (gradient * gradient);
            first[i] = m;
            second[i] = v;
            p[i] -= rate * m / (Math.sqrt(v) * f.secondRoot + f.epsilon);
        }
    }

    static void sgd(double[] p, double[] g, double[] velocity, StepFactors f, double rate, int from, int to) {
        for (int i = from; i < to; i++) {
            double v = f.beta1 * velocity[i] + g[i] * f.clip;
            velocity[i] = v;
            p[i] -= rate * v;
        }
    }

    static double squares(double[] g, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += g[i] * g[i];
        }
        return sum;
    }
}
