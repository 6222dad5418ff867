package dev.millrace.cli;

import java.util.Optional;

/** The lower triangle L of a positive definite matrix, L·Lᵀ. */
final class Cholesky {

    /** A pivot below this share of its diagonal element is rounding, not information. */
    private static final double SINGULAR = 1e-9;

    private final double[][] lower;

    private Cholesky(double[][] lower) {
        this.lower = lower;
    }

    /** Empty if the matrix is singular up to rounding, or not positive definite at all. */
    static Optional<Cholesky> of(double[][] matrix) {
        int size = matrix.length;
        double[][] lower = new double[size][size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j <= i; j++) {
                double rest = matrix[i][j];
                for (int k = 0; k < j; k++) {
                    rest -= lower[i][k] * lower[j][k];
                }
                if (j < i) {
                    lower[i][j] = rest / lower[j][j];
                } else if (rest > SINGULAR * matrix[i][i]) {
                    lower[i][i] = Math.sqrt(rest);
                } else {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(new Cholesky(lower));
    }

    double logDeterminant() {
        double sum = 0;
        for (int i = 0; i < lower.length; i++) {
            sum += 2 * Math.log(lower[i][i]);
        }
        return sum;
    }

    /** vᵀ·(L·Lᵀ)⁻¹·v; leaves L⁻¹·v in {@code v}. */
    double inverseQuadratic(double[] v) {
        double sum = 0;
        for (int i = 0; i < lower.length; i++) {
            double rest = v[i];
            for (int k = 0; k < i; k++) {
                rest -= lower[i][k] * v[k];
            }
            v[i] = rest / lower[i][i];
            sum += v[i] * v[i];
        }
        return sum;
    }
}
