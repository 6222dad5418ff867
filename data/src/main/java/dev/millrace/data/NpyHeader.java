package dev.millrace.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What the header of an {@code .npy} file says, seen as a table.
 *
 * @param type of the elements
 * @param fortranOrder whether elements of a column stand together; false where it makes no difference
 * @param shape at least one dimension, none of them 0; all but the first multiply to a million at most
 */
record NpyHeader(NpyType type, boolean fortranOrder, List<Long> shape) {

    private static final int MAGIC_LENGTH = 6;

    /** NumPy itself writes some hundred bytes, and distrusts more than 10,000. */
    private static final int MAX_LENGTH = 1 << 16;

    /** Reads the header, leaving the stream at the first element. */
    static NpyHeader read(String source, InputStream in) throws IOException {
        byte[] start = in.readNBytes(MAGIC_LENGTH + 2);
        if (start.length < MAGIC_LENGTH + 2) {
            throw new DataException(source + ": the file ends within its header");
        }
        int version = start[MAGIC_LENGTH];
        if (version < 1 || version > 3) {
            throw new DataException(source + ": is of version " + version + " of the .npy format; known are 1 to 3");
        }
        byte[] lengthBytes = in.readNBytes(version == 1 ? 2 : 4);
        long length = 0;
        for (int i = lengthBytes.length - 1; i >= 0; i--) {
            length = length << 8 | lengthBytes[i] & 0xFF;
        }
        if (length > MAX_LENGTH) {
            throw new DataException(source + ": its header claims " + length + " bytes, more than " + MAX_LENGTH);
        }
        byte[] header = in.readNBytes((int) length);
        if (header.length < length) {
            throw new DataException(source + ": the file ends within its header");
        }
        String text = new String(header, version == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
        try {
            return of(source, NpyDescription.parse(text));
        } catch (IllegalArgumentException e) {
            throw new DataException(
                    source + ": its header cannot be understood (" + e.getMessage() + "): " + Excerpt.of(text), e);
        }
    }

    private static NpyHeader of(String source, NpyDescription description) {
        NpyType type = NpyType.of(description.type())
                .orElseThrow(() -> new DataException(source + ": its elements are of the type "
                        + Excerpt.of(description.type()) + ", not plain numbers; convert with .astype('float64')"));
        List<Long> shape = description.shape();
        if (shape.isEmpty()) {
            throw new DataException(source + ": is a single number, not a table");
        }
        long columns = 1;
        for (long size : shape.subList(1, shape.size())) {
            if (size > ColumnPlan.MAX_COLUMNS || columns * size > ColumnPlan.MAX_COLUMNS) {
                throw new DataException(source + ": its shape " + shape + " has more than " + ColumnPlan.MAX_COLUMNS
                        + " numbers in a row");
            }
            columns *= size;
        }
        if (columns == 0 || shape.get(0) == 0) {
            throw new DataException(source + ": its shape " + shape + " holds no data");
        }
        return new NpyHeader(type, description.fortranOrder() && columns > 1, shape);
    }

    /** The complaint about a file with fewer bytes. */
    DataException cutShort(String source) {
        return new DataException(
                source + ": the file ends before the " + rows() + " rows of " + columns() + " numbers it promises");
    }

    /** The first dimension, not yet checked against the bytes that follow. */
    long rows() {
        return shape.get(0);
    }

    /** The product of the other dimensions, 1 if there is none. */
    int columns() {
        return (int) shape.stream().skip(1).mapToLong(Long::longValue).reduce(1, (a, b) -> a * b);
    }

    /**
     * How many elements of a row's first column stand before each column's, counted along the slower dimensions: in C
     * order simply 0, 1, 2, …; in Fortran order the first of the other dimensions counts fastest.
     */
    int[] columnOrder() {
        int[] order = new int[columns()];
        for (int column = 0; column < order.length; column++) {
            order[column] = fortranOrder ? reversedDigits(column) : column;
        }
        return order;
    }

    private int reversedDigits(int column) {
        int place = 0;
        int rest = column;
        int stride = columns();
        for (int d = shape.size() - 1; d > 0; d--) {
            int size = shape.get(d).intValue();
            stride /= size;
            place += rest % size * stride;
            rest /= size;
        }
        return place;
    }
}
