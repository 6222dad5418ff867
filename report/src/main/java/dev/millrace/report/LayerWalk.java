package dev.millrace.report;

import dev.millrace.Flow;
import dev.millrace.bijection.Bijection;
import dev.millrace.kernel.Memory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rows on their way through a flow, from x to z.
 *
 * @param frames the rows before the first layer, after the first, … after the last: one more than layers. The last is
 *     what {@link Flow#forward} gives, to the bit
 * @param logDets of each layer, for each row, in nats
 */
record LayerWalk(List<double[]> frames, List<double[]> logDets) {

    private static final int BLOCK_ROWS = 64;

    static LayerWalk of(Flow flow, double[] rows, int count) {
        List<double[]> frames = new ArrayList<>();
        List<double[]> logDets = new ArrayList<>();
        double[] current = Arrays.copyOf(rows, count * flow.dimension());
        frames.add(current);
        for (Bijection layer : flow.layers()) {
            double[] next = new double[current.length];
            double[] logDet = new double[count];
            forward(layer, current, next, logDet, flow.dimension());
            frames.add(next);
            logDets.add(logDet);
            current = next;
        }
        return new LayerWalk(frames, logDets);
    }

    private static void forward(Bijection layer, double[] from, double[] to, double[] logDet, int dimension) {
        Bijection.Pass pass = layer.pass(BLOCK_ROWS, Memory.shared());
        double[] x = new double[BLOCK_ROWS * dimension];
        double[] z = new double[BLOCK_ROWS * dimension];
        double[] added = new double[BLOCK_ROWS];
        for (int row = 0; row < logDet.length; row += BLOCK_ROWS) {
            int n = Math.min(BLOCK_ROWS, logDet.length - row);
            System.arraycopy(from, row * dimension, x, 0, n * dimension);
            Arrays.fill(added, 0);
            pass.forward(n, x, z, added);
            System.arraycopy(z, 0, to, row * dimension, n * dimension);
            System.arraycopy(added, 0, logDet, row, n);
        }
    }
}
