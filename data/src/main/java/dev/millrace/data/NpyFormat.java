package dev.millrace.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** An {@code .npy} array of float64 in C order, version 1.0. Its header tells the number of rows, so it comes last. */
final class NpyFormat implements RowFormat {

    /** Enough for any shape; a multiple of 64, as NumPy aligns its data. */
    private static final int HEADER_LENGTH = 128;

    private static final int BUFFER = 1 << 16;

    private final FileChannel file;
    private final int columns;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
    private long rows;

    /** Writes to an empty file, which stays the caller's to close. */
    NpyFormat(FileChannel file, int columns) {
        this.file = file;
        this.columns = columns;
    }

    @Override
    public void start() throws IOException {
        file.position(HEADER_LENGTH);
    }

    @Override
    public void write(double[] values, int at) throws IOException {
        for (int i = 0; i < columns; i++) {
            if (buffer.remaining() < Double.BYTES) {
                drain();
            }
            buffer.putDouble(values[at + i]);
        }
        rows++;
    }

    @Override
    public void append(List<String> cells, double[] values) {
        throw new UnsupportedOperationException(
                "an .npy file holds numbers, not the text of cells; write .csv or .tsv");
    }

    @Override
    public void finish() throws IOException {
        drain();
        ByteBuffer header = header("<f8", "(" + rows + ", " + columns + ")");
        for (long at = 0; header.hasRemaining(); ) {
            at += file.write(header, at);
        }
    }

    /** The whole header of an array in C order. */
    static ByteBuffer header(String type, String shape) {
        ByteBuffer header = ByteBuffer.allocate(HEADER_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        String description = "{'descr': '" + type + "', 'fortran_order': False, 'shape': " + shape + ", }";
        header.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
        header.put((byte) 1).put((byte) 0).putShort((short) (HEADER_LENGTH - 10));
        header.put(description.getBytes(StandardCharsets.US_ASCII));
        while (header.position() < HEADER_LENGTH - 1) {
            header.put((byte) ' ');
        }
        return header.put((byte) '\n').flip();
    }

    private void drain() throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) {
            file.write(buffer);
        }
        buffer.clear();
    }
}
