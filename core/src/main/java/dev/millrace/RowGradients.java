package dev.millrace;

import dev.millrace.bijection.Bijection;
import dev.millrace.bijection.Composition;
import dev.millrace.distribution.Distribution;
import dev.millrace.kernel.Memory;
import java.util.Arrays;

/** Working arrays for the gradients of log p with respect to rows, for one thread at a time. */
final class RowGradients {

    private final int maxRows;
    private final Bijection.Pass pass;
    private final Distribution.Pass basePass;
    private final double[] ones;
    private final double[] dz;
    private final double[] dx;

    RowGradients(Composition bijection, Distribution base, int maxRows) {
        this.maxRows = maxRows;
        Memory memory = Memory.kept();
        pass = bijection.pass(maxRows, memory);
        basePass = base.pass(maxRows, memory);
        ones = new double[maxRows];
        Arrays.fill(ones, 1);
        dz = new double[maxRows * base.dimension()];
        dx = new double[maxRows * base.dimension()];
    }

    /** How many rows at once there are arrays for. */
    int maxRows() {
        return maxRows;
    }

    /** Takes rows x to z and adds their log-densities, that of the base among them. */
    void forward(int rows, double[] x, double[] z, double[] logDensity) {
        pass.forward(rows, x, z, logDensity);
        basePass.logDensity(rows, z, logDensity);
    }

    /** The gradients of the rows that have just gone forward, until the next. */
    double[] backward(int rows, double[] x, double[] z) {
        basePass.backward(rows, z, ones, dz);
        pass.backward(rows, x, dz, ones, dx);
        return dx;
    }
}
