package dev.millrace.bijection;

import dev.millrace.kernel.Elementary;

/** Mean and spread of the columns of some rows, in two passes over them. */
final class Moments {

    /** A column varies if its standard deviation is above this fraction of its largest absolute value. */
    private static final double CONSTANT = 1e-12;

    /** Squares of numbers from this exponent on are exact; those of smaller ones may vanish. */
    private static final int SMALL = -400;

    private final double[] mean;
    private final double[] deviation;

    private Moments(double[] mean, double[] deviation) {
        this.mean = mean;
        this.deviation = deviation;
    }

    static Moments of(double[] x, int rows, int dimension) {
        double[] mean = new double[dimension];
        double[] deviation = new double[dimension];
        double[] largest = new double[dimension];
        for (int at = 0; at < rows * dimension; at += dimension) {
            for (int j = 0; j < dimension; j++) {
                // Around the first row, so that the mean of a constant column is exact, however many rows there are.
                mean[j] += (x[at + j] - x[j]) / rows;
                largest[j] = Math.max(largest[j], Math.abs(x[at + j]));
            }
        }
        double[] unit = new double[dimension];
        for (int j = 0; j < dimension; j++) {
            mean[j] += x[j];
            unit[j] = unit(largest[j]);
        }
        for (int at = 0; at < rows * dimension; at += dimension) {
            for (int j = 0; j < dimension; j++) {
                double difference = (x[at + j] - mean[j]) / unit[j];
                deviation[j] += difference * difference / rows;
            }
        }
        for (int j = 0; j < dimension; j++) {
            deviation[j] = Math.sqrt(deviation[j]) * unit[j];
            if (deviation[j] <= CONSTANT * largest[j]) {
                deviation[j] = 0;
            }
        }
        return new Moments(mean, deviation);
    }

    /**
     * A power of two of the size of very small numbers, by which dividing changes no digit; 1 for all others. Numbers so
     * large that their squares overflow are left to do so: they are mostly a mistake in the data.
     */
    private static double unit(double largest) {
        int exponent = Math.getExponent(largest);
        return exponent < SMALL && largest > 0 ? Math.scalb(1.0, Math.max(exponent, Double.MIN_EXPONENT)) : 1;
    }

    double[] mean() {
        return mean;
    }

    /** Standard deviations; 0 for a constant column. */
    double[] deviation() {
        return deviation;
    }

    /** Minus the logarithm of each standard deviation; 0 for a constant column, whose scale says nothing. */
    double[] logPrecision() {
        double[] logPrecision = new double[deviation.length];
        for (int j = 0; j < logPrecision.length; j++) {
            logPrecision[j] = deviation[j] == 0 ? 0 : -Elementary.log(deviation[j]);
        }
        return logPrecision;
    }
}
