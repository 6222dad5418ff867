package dev.millrace.model;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Function;

/**
 * Reads the bytes of a {@link TensorFile} from a channel whose length is known: the header first, then the elements of
 * all tensors, piece by piece. Nothing is allocated on the word of the file alone: each length is compared with what
 * the file really has first, so memory is bounded by the file's own size.
 */
final class TensorFileReader {

    /**
     * Bytes that are asked of the channel at once. A channel copies through memory outside the heap, as much as it is
     * asked for, and keeps that for the next time.
     */
    private static final int PIECE = 1 << 16;

    private final ReadableByteChannel channel;
    private final long size;
    private final TensorHeader header;

    /**
     * Reads the header.
     *
     * @param size bytes of the channel
     * @throws ModelFormatException if it is not valid, or does not fit them
     */
    TensorFileReader(ReadableByteChannel channel, long size) throws IOException {
        this.channel = channel;
        this.size = size;
        this.header = readHeader();
    }

    /** Where the elements of a tensor go. */
    @FunctionalInterface
    interface Elements {

        /**
         * Takes the next piece.
         *
         * @param at its first byte, a multiple of an element's size
         * @param piece little-endian, as long as whole elements
         */
        void put(int at, ByteBuffer piece);
    }

    /** Makes something of a file whose header has been read. */
    @FunctionalInterface
    interface Content<T> {

        T of(TensorFileReader reader) throws IOException;
    }

    /**
     * Reads a file.
     *
     * @throws ModelFormatException if it is not valid; the message names the file
     */
    static <T> T read(Path file, Content<T> content) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return read(channel, file.toString(), content);
        }
    }

    /**
     * Reads from the channel's position on.
     *
     * @param name what messages call it
     */
    static <T> T read(SeekableByteChannel channel, String name, Content<T> content) throws IOException {
        try {
            return content.of(new TensorFileReader(channel, channel.size() - channel.position()));
        } catch (ModelFormatException e) {
            throw new ModelFormatException(name + ": " + e.getMessage(), e);
        }
    }

    /** Reads the bytes of a file. */
    static <T> T read(byte[] bytes, Content<T> content) {
        try {
            return content.of(new TensorFileReader(Channels.newChannel(new ByteArrayInputStream(bytes)), bytes.length));
        } catch (IOException e) {
            throw new UncheckedIOException("an array cannot fail", e);
        }
    }

    TensorHeader header() {
        return header;
    }

    /**
     * Reads the elements of all tensors, once.
     *
     * @param targets says where those of a tensor go
     */
    void read(Function<TensorEntry, Elements> targets) throws IOException {
        ByteBuffer piece = ByteBuffer.allocate(PIECE).order(ByteOrder.LITTLE_ENDIAN);
        for (TensorEntry entry : header.inFileOrder()) {
            Elements target = targets.apply(entry);
            int count = Math.toIntExact(entry.byteCount());
            for (int at = 0; at < count; at += piece.limit()) {
                piece.clear().limit(Math.min(PIECE, count - at));
                fill(piece);
                target.put(at, piece.flip());
            }
        }
    }

    private TensorHeader readHeader() throws IOException {
        if (size < Long.BYTES) {
            throw new ModelFormatException(
                    "expected at least the 8 bytes of the header's length, found " + size + " bytes");
        }
        int headerBytes = headerBytes();
        return TensorHeader.parse(utf8(bytes(headerBytes)), size - Long.BYTES - headerBytes);
    }

    private int headerBytes() throws IOException {
        long length = ByteBuffer.wrap(bytes(Long.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getLong();
        // Unsigned: a length with the highest bit set is huge, not negative.
        if (Long.compareUnsigned(length, TensorHeader.MAX_BYTES) > 0) {
            throw new ModelFormatException("expected a header of at most " + TensorHeader.MAX_BYTES + " bytes, found "
                    + Long.toUnsignedString(length) + "; this may be no safetensors file");
        }
        if (length > size - Long.BYTES) {
            throw new ModelFormatException("expected a header of " + length + " bytes, found " + (size - Long.BYTES)
                    + " bytes; the file may be cut off");
        }
        return (int) length;
    }

    private byte[] bytes(int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count);
        while (bytes.position() < count) {
            bytes.limit(Math.min(count, bytes.position() + PIECE));
            fill(bytes);
        }
        return bytes.array();
    }

    private void fill(ByteBuffer piece) throws IOException {
        while (piece.hasRemaining()) {
            if (channel.read(piece) < 0) {
                throw new ModelFormatException("the file became shorter while it was read");
            }
        }
    }

    private static String utf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ModelFormatException("header: not valid UTF-8", e);
        }
    }
}
