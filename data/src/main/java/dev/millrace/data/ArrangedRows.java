package dev.millrace.data;

/**
 * Rows with their columns in another order.
 *
 * @param order the place of each column among those of {@code all}
 */
record ArrangedRows(Rows all, int[] order) implements Rows {

    @Override
    public int count() {
        return all.count();
    }

    @Override
    public int columns() {
        return order.length;
    }

    @Override
    public double get(int row, int column) {
        return all.get(row, order[column]);
    }

    @Override
    public void copy(int row, double[] into, int at) {
        for (int column = 0; column < order.length; column++) {
            into[at + column] = all.get(row, order[column]);
        }
    }
}
