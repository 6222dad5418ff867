package dev.millrace.train;

import java.util.Objects;

/**
 * Rows to learn from. Implementations must be safe for several threads reading at once, and give the same row for the
 * same index and epoch every time: a run can then be repeated and resumed.
 */
public interface RowSource {

    /** How many rows there are. */
    int rows();

    /** Entries of a row. */
    int dimension();

    /**
     * Copies one row.
     *
     * @param row from 0 to {@code rows() − 1}
     * @param epoch from 0 on; a source that adds noise (dequantisation) or changes rows (augmentation) draws anew in
     *     each. −1 asks for the row as validation sees it, always the same
     * @param into receives the row
     * @param at where the row begins in {@code into}
     */
    void read(int row, int epoch, double[] into, int at);

    /** Rows stored one after the other in an array, which is not copied. */
    static RowSource of(double[] values, int dimension) {
        if (dimension < 1 || values.length % dimension != 0) {
            throw new IllegalArgumentException(
                    values.length + " values are not a whole number of rows of " + dimension + " entries");
        }
        return new RowSource() {
            @Override
            public int rows() {
                return values.length / dimension;
            }

            @Override
            public int dimension() {
                return dimension;
            }

            @Override
            public void read(int row, int epoch, double[] into, int at) {
                System.arraycopy(values, row * dimension, into, at, dimension);
            }
        };
    }

    /**
     * Some rows of a source, in the given order.
     *
     * @throws IndexOutOfBoundsException if the source has no such row
     */
    static RowSource select(RowSource source, int[] rows) {
        int[] chosen = rows.clone();
        for (int row : chosen) {
            Objects.checkIndex(row, source.rows());
        }
        return new RowSource() {
            @Override
            public int rows() {
                return chosen.length;
            }

            @Override
            public int dimension() {
                return source.dimension();
            }

            @Override
            public void read(int row, int epoch, double[] into, int at) {
                source.read(chosen[row], epoch, into, at);
            }
        };
    }
}
