package dev.millrace.data;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What stands after the numbers of a {@link RowFile}.
 *
 * @param key of what the rows were made of
 * @param columns the names
 * @param rows how many
 * @param dropped how many rows of the source were left out
 * @param checksum of the numbers
 */
record RowFileFooter(String key, List<String> columns, int rows, long dropped, int checksum) {

    byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            write(out, key);
            out.writeInt(rows);
            out.writeLong(dropped);
            out.writeInt(checksum);
            out.writeInt(columns.size());
            for (String name : columns) {
                write(out, name);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    /** @throws DataException if the bytes are no footer, or as from a stream that has ended */
    static RowFileFooter of(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        String key = read(in);
        int rows = in.readInt();
        long dropped = in.readLong();
        int checksum = in.readInt();
        int count = in.readInt();
        // Not made to the measure of a number that anyone may have written.
        List<String> columns = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            columns.add(read(in));
        }
        if (rows < 1 || dropped < 0 || columns.isEmpty()) {
            throw new DataException("a footer of " + rows + " rows of " + columns.size() + " columns");
        }
        return new RowFileFooter(key, columns, rows, dropped, checksum);
    }

    private static String read(DataInputStream in) throws IOException {
        int length = in.readInt();
        byte[] bytes = in.readNBytes(Math.max(0, length));
        if (bytes.length != length) {
            throw new DataException("a footer that ends too early");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
