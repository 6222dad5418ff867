package dev.millrace.train;

import dev.millrace.Flow;
import dev.millrace.NonFiniteException;
import java.util.Arrays;

/** Mean log-likelihood of a fixed set of rows, computed by a team in pieces that are added up in order. */
final class Evaluation {

    private static final int PIECE = 512;

    private final RowSource rows;
    private final Team team;
    private final double[] sums;

    Evaluation(RowSource rows, Team team) {
        this.rows = rows;
        this.team = team;
        this.sums = new double[(rows.rows() + PIECE - 1) / PIECE];
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
        int from = piece * PIECE;
        int count = Math.min(PIECE, rows.rows() - from);
        double[] x = new double[count * rows.dimension()];
        double[] logProb = new double[count];
        for (int row = 0; row < count; row++) {
            rows.read(from + row, -1, x, row * rows.dimension());
        }
        try {
            flow.logProb(x, count, logProb);
        } catch (NonFiniteException e) {
            throw named(flow, from, x);
        }
        double sum = 0;
        for (double value : logProb) {
            sum += value;
        }
        return sum;
    }

    private NonFiniteException named(Flow flow, int from, double[] x) {
        int dimension = rows.dimension();
        for (int at = 0; at < x.length; at += dimension) {
            try {
                flow.logProb(Arrays.copyOfRange(x, at, at + dimension));
            } catch (NonFiniteException e) {
                return new NonFiniteException("validation row " + (from + at / dimension) + ": " + e.getMessage());
            }
        }
        throw new IllegalStateException("a row scores alone, but not among others");
    }
}
