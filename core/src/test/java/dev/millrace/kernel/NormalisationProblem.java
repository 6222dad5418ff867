package dev.millrace.kernel;

import static dev.millrace.kernel.FloatProblem.values;

import java.util.Random;

/** Random pixels to be scaled, shifted and rectified. */
record NormalisationProblem(
        int pixels, int channels, int at, float[] x, float[] dy, float[] mean, float[] scale, float[] shift) {

    static NormalisationProblem random(Random random) {
        int pixels = random.nextInt(20);
        int channels = Padding.LANES * (1 + random.nextInt(4));
        int at = random.nextInt(40);
        int length = at + pixels * channels + 5;
        return new NormalisationProblem(
                pixels,
                channels,
                at,
                values(length, random),
                values(length, random),
                values(channels, random),
                values(channels, random),
                values(channels, random));
    }

    float[] forward(Kernel kernel) {
        float[] y = dy.clone();
        kernel.scaleShiftRelu(pixels, channels, x, at, scale, shift, y);
        return y;
    }

    /** The gradient in place, and the sums behind it. */
    float[] backward(Kernel kernel) {
        float[] dx = dy.clone();
        float[] sums = new float[4 * channels];
        kernel.scaleShiftReluBackward(pixels, channels, x, at, mean, scale, shift, dx, dx, sums);
        return together(dx, sums);
    }

    float[] forwardExactly() {
        float[] y = dy.clone();
        for (int i = 0; i < pixels * channels; i++) {
            y[at + i] = (float) Math.max(0, z(i));
        }
        return y;
    }

    float[] backwardExactly() {
        float[] dx = dy.clone();
        double[] sums = new double[4 * channels];
        for (int i = 0; i < pixels * channels; i++) {
            int c = i % channels;
            double centred = (double) x[at + i] - mean[c];
            double dz = z(i) > 0 ? dy[at + i] : 0;
            sums[c] += centred;
            sums[channels + c] += centred * centred;
            sums[2 * channels + c] += dz;
            sums[3 * channels + c] += dz * centred;
            dx[at + i] = (float) (dz * scale[c]);
        }
        float[] rounded = new float[sums.length];
        for (int i = 0; i < sums.length; i++) {
            rounded[i] = (float) sums[i];
        }
        return together(dx, rounded);
    }

    private double z(int i) {
        return (double) x[at + i] * scale[i % channels] + shift[i % channels];
    }

    private static float[] together(float[] one, float[] other) {
        float[] both = new float[one.length + other.length];
        System.arraycopy(one, 0, both, 0, one.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }
}
