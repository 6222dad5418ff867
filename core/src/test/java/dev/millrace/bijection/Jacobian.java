package dev.millrace.bijection;

import java.util.function.UnaryOperator;

/** The Jacobian of a map of rows, by differences. */
public final class Jacobian {

    /** Large, because a network's output is a step function of its input: floats. */
    private static final double STEP = 1e-3;

    private Jacobian() {}

    public static double logAbsDeterminant(UnaryOperator<double[]> map, double[] point) {
        int n = point.length;
        double[][] columns = new double[n][];
        for (int j = 0; j < n; j++) {
            columns[j] = derivative(map, point, j);
        }
        return logAbsDeterminant(columns);
    }

    /** The five-point rule, of fourth order. */
    private static double[] derivative(UnaryOperator<double[]> map, double[] point, int j) {
        double[] derivative = new double[point.length];
        double[] offsets = {-2, -1, 1, 2};
        double[] weights = {1.0 / 12, -8.0 / 12, 8.0 / 12, -1.0 / 12};
        for (int p = 0; p < offsets.length; p++) {
            double[] moved = point.clone();
            moved[j] += offsets[p] * STEP;
            double[] image = map.apply(moved);
            for (int i = 0; i < image.length; i++) {
                derivative[i] += weights[p] * image[i] / STEP;
            }
        }
        return derivative;
    }

    /** By Gaussian elimination with pivots. */
    private static double logAbsDeterminant(double[][] m) {
        double sum = 0;
        for (int i = 0; i < m.length; i++) {
            for (int row = i + 1; row < m.length; row++) {
                if (Math.abs(m[row][i]) > Math.abs(m[i][i])) {
                    double[] swapped = m[i];
                    m[i] = m[row];
                    m[row] = swapped;
                }
            }
            sum += Math.log(Math.abs(m[i][i]));
            for (int row = i + 1; row < m.length; row++) {
                double factor = m[row][i] / m[i][i];
                for (int column = i; column < m.length; column++) {
                    m[row][column] -= factor * m[i][column];
                }
            }
        }
        return sum;
    }
}
