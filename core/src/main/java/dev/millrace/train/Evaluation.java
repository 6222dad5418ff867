package dev.millrace.train;

import dev.millrace.Flow;
import dev.millrace.NonFiniteException;
import java.util.Arrays;

/** Mean log-likelihood of a fixed set of rows, computed by a team in pieces that are added up in order. */
final class Evaluation {

    private static final int PIECE = 512;

    /** Numbers of the rows that a thread scores at once, unless one row has more. */
    private static final int NUMBERS = 1 << 16;

    private final RowSource rows;
    private final Team team;
    private final double[] sums;

    Evaluation(RowSource rows, Team team) {
        this.rows = rows;
        this.team = team;
        this.sums = new double[(int) (((long) rows.rows() + PIECE - 1) / PIECE)];
    }

    /** In nats; NaN if there are no rows. */
    double meanLogProb(Flow flow) {
        team.run(sums.length, piece -> sums[piece] = sum(flow, piece));
        double sum = 0;
        for (double part : sums) {
            sum += part;
        }
        return rows.rows() == 0 ? Double.NaN : sum / rows.rows();
    }

    private double sum(Flow flow, int piece) {
        int end = (int) Math.min(((long) piece + 1) * PIECE, rows.rows());
        int most = Math.max(1, Math.min(PIECE, NUMBERS / rows.dimension()));
        double[] x = new double[Math.multiplyExact(most, rows.dimension())];
        double[] logProb = new double[most];
        double sum = 0;
        for (int from = piece * PIECE; from < end; from += most) {
            int count = Math.min(most, end - from);
            score(flow, from, count, x, logProb);
            for (int row = 0; row < count; row++) {
                sum += logProb[row];
            }
        }
        return sum;
    }

    private void score(Flow flow, int from, int count, double[] x, double[] logProb) {
        for (int row = 0; row < count; row++) {
            rows.read(from + row, -1, x, row * rows.dimension());
        }
        try {
            flow.logProb(x, count, logProb);
        } catch (NonFiniteException e) {
            throw named(flow, from, count, x);
        }
    }

    private NonFiniteException named(Flow flow, int from, int count, double[] x) {
        int dimension = rows.dimension();
        for (int row = 0; row < count; row++) {
            try {
                flow.logProb(Arrays.copyOfRange(x, row * dimension, (row + 1) * dimension));
            } catch (NonFiniteException e) {
                return new NonFiniteException("validation row " + (from + row) + ": " + e.getMessage());
            }
        }
        throw new IllegalStateException("a row scores alone, but not among others");
    }
}
