package dev.millrace.cli;

/** Mean and spread of numbers that come one by one (Welford's algorithm). */
final class RunningMean {

    private long count;
    private double mean;
    private double squares;

    void add(double value) {
        count++;
        double before = value - mean;
        mean += before / count;
        squares += before * (value - mean);
    }

    long count() {
        return count;
    }

    double mean() {
        return mean;
    }

    /** Of the mean; NaN for fewer than two numbers. */
    double standardError() {
        return count < 2 ? Double.NaN : Math.sqrt(squares / (count - 1) / count);
    }
}
