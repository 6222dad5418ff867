package dev.millrace;

import dev.millrace.kernel.SplitMix;

/** Rows of two entries whose distribution is known, the same on every JVM. */
public final class Samples {

    private static final double CORRELATION = 0.8;
    private static final double LOG_TWO_PI = StrictMath.log(2 * StrictMath.PI);

    private Samples() {}

    /** A normal with means 3 and −1, deviations 2 and ½, and correlation 0.8. */
    public static double[] normal(int rows, long seed) {
        SplitMix random = new SplitMix(seed);
        double[] x = new double[2 * rows];
        for (int i = 0; i < x.length; i += 2) {
            double a = gaussian(random);
            double b = CORRELATION * a + StrictMath.sqrt(1 - CORRELATION * CORRELATION) * gaussian(random);
            x[i] = 3 + 2 * a;
            x[i + 1] = -1 + 0.5 * b;
        }
        return x;
    }

    /** Mean log-density of rows under the {@link #normal}, in nats. */
    public static double normalLogProb(double[] rows) {
        double rest = 1 - CORRELATION * CORRELATION;
        double sum = 0;
        for (int i = 0; i < rows.length; i += 2) {
            double a = (rows[i] - 3) / 2;
            double b = (rows[i + 1] + 1) / 0.5;
            sum -= (a * a - 2 * CORRELATION * a * b + b * b) / (2 * rest);
        }
        // The deviations 2 and ½ cancel in the determinant.
        return sum / (rows.length / 2) - LOG_TWO_PI - 0.5 * StrictMath.log(rest);
    }

    /** A ring of radius 2 whose width has deviation 0.15: no normal comes near it. */
    public static double[] ring(int rows, long seed) {
        SplitMix random = new SplitMix(seed);
        double[] x = new double[2 * rows];
        for (int i = 0; i < x.length; i += 2) {
            double angle = 2 * StrictMath.PI * random.nextDouble();
            double radius = 2 + 0.15 * gaussian(random);
            x[i] = radius * StrictMath.cos(angle);
            x[i + 1] = radius * StrictMath.sin(angle);
        }
        return x;
    }

    /** Two normals of deviation ½ around −2 and 1, of one entry. */
    public static double[] twoHills(int rows, long seed) {
        SplitMix random = new SplitMix(seed);
        double[] x = new double[rows];
        for (int i = 0; i < rows; i++) {
            x[i] = (random.nextInt(2) == 0 ? -2 : 1) + 0.5 * gaussian(random);
        }
        return x;
    }

    /** Independent standard normals of any dimension. */
    public static double[] noise(int rows, int dimension, long seed) {
        SplitMix random = new SplitMix(seed);
        double[] x = new double[rows * dimension];
        for (int i = 0; i < x.length; i++) {
            x[i] = gaussian(random);
        }
        return x;
    }

    /** Box and Muller's first. */
    private static double gaussian(SplitMix random) {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(random.nextOpen()));
        return radius * StrictMath.cos(2 * StrictMath.PI * random.nextDouble());
    }
}
