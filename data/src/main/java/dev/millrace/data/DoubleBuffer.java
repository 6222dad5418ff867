package dev.millrace.data;

import java.util.ArrayList;
import java.util.List;

/** Numbers of a count not known beforehand. Grows by whole pieces, so that it never copies what it holds. */
final class DoubleBuffer {

    private static final int PIECE = 1 << 16;

    private final List<double[]> pieces = new ArrayList<>();
    private int used = PIECE;

    void append(double[] values) {
        int done = 0;
        while (done < values.length) {
            if (used == PIECE) {
                pieces.add(new double[PIECE]);
                used = 0;
            }
            int count = Math.min(values.length - done, PIECE - used);
            System.arraycopy(values, done, pieces.get(pieces.size() - 1), used, count);
            used += count;
            done += count;
        }
    }

    long size() {
        return (long) PIECE * pieces.size() - (PIECE - used);
    }

    /** All numbers in one array; at most {@link Table#MAX_CELLS}. */
    double[] toArray() {
        double[] all = new double[Math.toIntExact(size())];
        for (int i = 0; i < pieces.size(); i++) {
            int count = Math.min(PIECE, all.length - i * PIECE);
            System.arraycopy(pieces.get(i), 0, all, i * PIECE, count);
        }
        return all;
    }
}
