package dev.millrace.data;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.zip.CRC32C;

/**
 * Rows written to a file to be mapped: {@link #MAGIC}, the numbers as little-endian doubles row by row, a
 * {@link RowFileFooter}, and at last its CRC-32C and its length. Not for several threads at once.
 */
final class RowFile implements Closeable {

    /** Begins every such file; the last digit is the version of the format. As long as a number, so that those are aligned. */
    private static final byte[] MAGIC = "MillRow1".getBytes(StandardCharsets.US_ASCII);

    private static final NpyType DOUBLE = new NpyType('f', Double.BYTES, ByteOrder.LITTLE_ENDIAN);
    private static final int BUFFER = 1 << 16;
    private static final int END = 2 * Integer.BYTES;

    private final AtomicFile file;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
    private final CRC32C checksum = new CRC32C();

    private RowFile(AtomicFile file) {
        this.file = file;
    }

    /** A file that will be at a path, with no rows yet. */
    static RowFile create(Path path, FileAttribute<?>... attributes) throws IOException {
        AtomicFile file = AtomicFile.create(path, attributes);
        try {
            RowFile rows = new RowFile(file);
            rows.write(ByteBuffer.wrap(MAGIC));
            return rows;
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** Appends so many numbers. */
    void write(double[] values, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            if (!buffer.hasRemaining()) {
                drain();
            }
            buffer.putDouble(values[i]);
        }
    }

    private void drain() throws IOException {
        buffer.flip();
        checksum.update(buffer.duplicate());
        write(buffer);
        buffer.clear();
    }

    private void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            file.channel().write(bytes);
        }
    }

    /** Puts the file under its name. */
    void commit(String key, List<String> columns, RowCount count) throws IOException {
        drain();
        byte[] footer = new RowFileFooter(
                        key, columns, Math.toIntExact(count.kept()), count.dropped(), (int) checksum.getValue())
                .toBytes();
        write(ByteBuffer.wrap(footer));
        write(ByteBuffer.allocate(END)
                .putInt(checksum(ByteBuffer.wrap(footer)))
                .putInt(footer.length)
                .flip());
        file.commit();
    }

    private static int checksum(ByteBuffer bytes) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes);
        return (int) checksum.getValue();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    /** Whether a file begins as one of these. */
    static boolean isOne(Path path) throws IOException {
        if (!Files.isRegularFile(path)) {
            return false;
        }
        try (FileChannel file = FileChannel.open(path)) {
            return file.size() >= MAGIC.length && read(file, 0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC));
        }
    }

    /** What is in a file; empty if it is damaged, or not what is wanted. */
    static Optional<ReadResult> open(Path path, Predicate<RowFileFooter> wanted, String source) throws IOException {
        try (FileChannel file = FileChannel.open(path)) {
            long footerEnd = file.size() - END;
            ByteBuffer end = read(file, footerEnd, END);
            int footerChecksum = end.getInt();
            int footerLength = end.getInt();
            ByteBuffer bytes = read(file, footerEnd - footerLength, footerLength);
            RowFileFooter footer = RowFileFooter.of(bytes.array());
            long length = footerEnd - footerLength - MAGIC.length;
            if (checksum(bytes) != footerChecksum
                    || !wanted.test(footer)
                    || length != (long) footer.rows() * footer.columns().size() * Double.BYTES) {
                return Optional.empty();
            }
            MappedBytes numbers = MappedBytes.of(file, MAGIC.length, length, DOUBLE.order());
            if (numbers.checksum() != footer.checksum()) {
                return Optional.empty();
            }
            Rows rows = MappedRows.inOrder(
                    numbers, DOUBLE, footer.rows(), footer.columns().size());
            return Optional.of(new ReadResult(Table.of(footer.columns(), rows), footer.dropped(), source));
        } catch (DataException | EOFException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** @throws DataException if the file does not have these bytes */
    private static ByteBuffer read(FileChannel file, long from, int length) throws IOException {
        if (length < 0 || from < 0 || from > file.size() - length) {
            throw new DataException("there are no " + length + " bytes from " + from + " on");
        }
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (file.read(bytes, from + bytes.position()) < 0) {
                throw new EOFException();
            }
        }
        return bytes.flip();
    }
}
