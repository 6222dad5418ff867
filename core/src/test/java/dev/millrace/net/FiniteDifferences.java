package dev.millrace.net;

import java.util.function.DoubleSupplier;

/** Gradients by finite differences, to compare derivatives with. */
public final class FiniteDifferences {

    /**
     * For smooth functions of size 1 in double: the truncation, of order 1e-12, and the rounding, of order 1e-16 / 1e-6,
     * leave some 9 digits; and seldom does a ReLU change sides.
     */
    private static final double STEP = 1e-6;

    private FiniteDifferences() {}

    /** Central differences of a number by each of these values, which it reads. */
    public static double[] gradient(double[] values, DoubleSupplier number) {
        double[] gradient = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            double value = values[i];
            values[i] = value + STEP;
            double above = number.getAsDouble();
            values[i] = value - STEP;
            double below = number.getAsDouble();
            values[i] = value;
            gradient[i] = (above - below) / (2 * STEP);
        }
        return gradient;
    }
}
