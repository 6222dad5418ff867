package dev.millrace.data;

import java.util.List;
import java.util.stream.LongStream;

/**
 * Rows in a file: the element of row r and column c is at r × {@code rowStride} + {@code places[c]}, counted in elements.
 *
 * @param bytes all elements, in the byte order of their type
 * @param type of an element
 * @param count how many rows
 * @param rowStride from a row to the next
 * @param places of the columns in the first row
 */
record MappedRows(MappedBytes bytes, NpyType type, int count, long rowStride, long[] places) implements Rows {

    /** Rows of so many numbers, one after the other. */
    static MappedRows inOrder(MappedBytes bytes, NpyType type, int count, int columns) {
        return new MappedRows(
                bytes, type, count, columns, LongStream.range(0, columns).toArray());
    }

    @Override
    public int columns() {
        return places.length;
    }

    @Override
    public double get(int row, int column) {
        long place = (row * rowStride + places[column]) * type.size();
        return type.number(bytes.segment(place), bytes.offset(place));
    }

    /** A row as text that loses nothing. */
    List<String> texts(int row) {
        return LongStream.of(places)
                .map(place -> (row * rowStride + place) * type.size())
                .mapToObj(place -> type.text(bytes.segment(place), bytes.offset(place)))
                .toList();
    }

    @Override
    public void copy(int row, double[] into, int at) {
        for (int column = 0; column < places.length; column++) {
            into[at + column] = get(row, column);
        }
    }
}
