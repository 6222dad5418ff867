package dev.millrace.train;

import dev.millrace.kernel.SplitMix;

/** The two-sample test of Székely and Rizzo (2004): the energy distance, against seeded permutations of the rows. */
final class EnergyDistance {

    private static final int PERMUTATIONS = 199;

    private EnergyDistance() {}

    /** How likely two samples of one distribution are at least this far apart. */
    static double pValue(double[] one, double[] other, int dimension) {
        int n = one.length / dimension;
        int m = other.length / dimension;
        double[][] distance = distances(one, other, n, m, dimension);
        int[] order = new int[n + m];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        double observed = energy(distance, order, n);
        SplitMix random = new SplitMix(11);
        int further = 0;
        for (int i = 0; i < PERMUTATIONS; i++) {
            random.shuffle(order);
            further += energy(distance, order, n) >= observed ? 1 : 0;
        }
        return (further + 1.0) / (PERMUTATIONS + 1);
    }

    private static double[][] distances(double[] one, double[] other, int n, int m, int dimension) {
        double[][] distance = new double[n + m][n + m];
        for (int i = 0; i < n + m; i++) {
            for (int j = 0; j < n + m; j++) {
                double sum = 0;
                for (int k = 0; k < dimension; k++) {
                    double a = i < n ? one[i * dimension + k] : other[(i - n) * dimension + k];
                    double b = j < n ? one[j * dimension + k] : other[(j - n) * dimension + k];
                    sum += (a - b) * (a - b);
                }
                distance[i][j] = Math.sqrt(sum);
            }
        }
        return distance;
    }

    /** 2·E|X − Y| − E|X − X'| − E|Y − Y'|, where the first n of the order are X. */
    private static double energy(double[][] distance, int[] order, int n) {
        int m = order.length - n;
        double within = 0;
        double between = 0;
        double withinOther = 0;
        for (int i = 0; i < order.length; i++) {
            double[] row = distance[order[i]];
            for (int j = 0; j < i; j++) {
                double d = row[order[j]];
                if (i < n) {
                    within += d;
                } else if (j < n) {
                    between += d;
                } else {
                    withinOther += d;
                }
            }
        }
        return 2 * between / ((double) n * m) - 2 * within / ((double) n * n) - 2 * withinOther / ((double) m * m);
    }
}
