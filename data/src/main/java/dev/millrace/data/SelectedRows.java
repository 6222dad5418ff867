package dev.millrace.data;

/** Some of other rows, in the order of their numbers. */
record SelectedRows(Rows all, int[] picked) implements Rows {

    @Override
    public int count() {
        return picked.length;
    }

    @Override
    public int columns() {
        return all.columns();
    }

    @Override
    public double get(int row, int column) {
        return all.get(picked[row], column);
    }

    @Override
    public void copy(int row, double[] into, int at) {
        all.copy(picked[row], into, at);
    }
}
