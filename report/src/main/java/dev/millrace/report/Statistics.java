package dev.millrace.report;

import java.util.Arrays;

/** What is said about numbers without a picture. Sums run in the order of the numbers. */
final class Statistics {

    private Statistics() {}

    static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    /** The standard error of the mean; NaN for fewer than two numbers. */
    static double standardError(double[] values) {
        double mean = mean(values);
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return values.length < 2 ? Double.NaN : Math.sqrt(squares / (values.length - 1) / values.length);
    }

    /** The number at a fraction of the way through sorted numbers, between neighbours where it falls there. */
    static double quantile(double[] sorted, double fraction) {
        double place = fraction * (sorted.length - 1);
        int below = (int) Math.floor(place);
        int above = Math.min(sorted.length - 1, below + 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }

    static double[] sorted(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted;
    }

    /** The largest difference of two samples' distribution functions (Kolmogorov and Smirnov), from 0 to 1. */
    static double distance(double[] a, double[] b) {
        double[] first = sorted(a);
        double[] second = sorted(b);
        double largest = 0;
        int i = 0;
        int j = 0;
        while (i < first.length && j < second.length) {
            double value = Math.min(first[i], second[j]);
            while (i < first.length && first[i] <= value) {
                i++;
            }
            while (j < second.length && second[j] <= value) {
                j++;
            }
            largest = Math.max(largest, Math.abs((double) i / first.length - (double) j / second.length));
        }
        return largest;
    }

    /** Pearson's correlation; 0 where one of them does not vary. */
    static double correlation(double[] a, double[] b) {
        double meanA = mean(a);
        double meanB = mean(b);
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.length; i++) {
            ab += (a[i] - meanA) * (b[i] - meanB);
            aa += (a[i] - meanA) * (a[i] - meanA);
            bb += (b[i] - meanB) * (b[i] - meanB);
        }
        return aa == 0 || bb == 0 ? 0 : ab / Math.sqrt(aa * bb);
    }

    /**
     * How much two columns tell about each other, in nats: the mutual information of their ranks, each in eight classes
     * of equal size. Whole classes of equal values go together.
     */
    static double mutualInformation(double[] a, double[] b) {
        int classes = 8;
        int[] classOfA = classes(a, classes);
        int[] classOfB = classes(b, classes);
        double[] joint = new double[classes * classes];
        double[] ofA = new double[classes];
        double[] ofB = new double[classes];
        for (int i = 0; i < a.length; i++) {
            joint[classOfA[i] * classes + classOfB[i]]++;
            ofA[classOfA[i]]++;
            ofB[classOfB[i]]++;
        }
        double sum = 0;
        for (int i = 0; i < joint.length; i++) {
            if (joint[i] > 0) {
                sum += joint[i] / a.length * Math.log(joint[i] * a.length / (ofA[i / classes] * ofB[i % classes]));
            }
        }
        return sum;
    }

    private static int[] classes(double[] values, int classes) {
        double[] sorted = sorted(values);
        int[] found = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            int rank = Arrays.binarySearch(sorted, values[i]);
            while (rank > 0 && sorted[rank - 1] == values[i]) {
                rank--;
            }
            found[i] = (int) ((long) rank * classes / values.length);
        }
        return found;
    }
}
