package dev.millrace.bijection;

import dev.millrace.kernel.Elementary;

/**
 * The arithmetic of z_j = (x_j − centre_j)·scale_j with scale_j = exp(logScale_j), shared by the layers that differ in
 * where centre and scale come from. The centre is taken off first: a column far from zero loses no digits to the scale.
 */
final class Diagonal {

    private final double[] centre;
    private final double[] logScale;
    private final double[] scale;
    private double logDet;

    /**
     * @param centre live values
     * @param logScale live values
     */
    Diagonal(double[] centre, double[] logScale) {
        this.centre = centre;
        this.logScale = logScale;
        this.scale = new double[centre.length];
        refresh();
    }

    /** Follows every change of the live values. */
    void refresh() {
        logDet = 0;
        for (int j = 0; j < scale.length; j++) {
            scale[j] = Elementary.exp(logScale[j]);
            logDet += logScale[j];
        }
    }

    int dimension() {
        return scale.length;
    }

    void forward(int rows, double[] x, double[] z, double[] logDets) {
        int n = scale.length;
        for (int row = 0, at = 0; row < rows; row++, at += n) {
            for (int j = 0; j < n; j++) {
                z[at + j] = (x[at + j] - centre[j]) * scale[j];
            }
            logDets[row] += logDet;
        }
    }

    void inverse(int rows, double[] z, double[] x, double[] logDets) {
        int n = scale.length;
        for (int row = 0, at = 0; row < rows; row++, at += n) {
            for (int j = 0; j < n; j++) {
                x[at + j] = z[at + j] / scale[j] + centre[j];
            }
            logDets[row] -= logDet;
        }
    }

    void backward(int rows, double[] dz, double[] dx) {
        int n = scale.length;
        for (int row = 0, at = 0; row < rows; row++, at += n) {
            for (int j = 0; j < n; j++) {
                dx[at + j] = dz[at + j] * scale[j];
            }
        }
    }

    /** Adds the loss gradient with respect to centre and log-scale of these rows. */
    void addGradient(int rows, double[] x, double[] dx, double[] dLogDet, double[] dCentre, double[] dLogScale) {
        int n = scale.length;
        for (int row = 0, at = 0; row < rows; row++, at += n) {
            for (int j = 0; j < n; j++) {
                dCentre[j] -= dx[at + j];
                dLogScale[j] += dx[at + j] * (x[at + j] - centre[j]) + dLogDet[row];
            }
        }
    }
}
