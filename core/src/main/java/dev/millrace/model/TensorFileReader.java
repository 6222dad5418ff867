package dev.millrace.model;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads one {@link TensorFile} from a channel whose length is known. Nothing is allocated on the word of the file
 * alone: each length is compared with what the file really has first, so memory is bounded by the file's own size.
 */
final class TensorFileReader {

    /**
     * Bytes that are asked of the channel at once. A channel copies through memory outside the heap, as much as it is
     * asked for, and keeps that for the next time.
     */
    private static final int PIECE = 1 << 16;

    private final ReadableByteChannel channel;
    private final long size;

    TensorFileReader(ReadableByteChannel channel, long size) {
        this.channel = channel;
        this.size = size;
    }

    TensorFile read() throws IOException {
        if (size < Long.BYTES) {
            throw new ModelFormatException(
                    "expected at least the 8 bytes of the header's length, found " + size + " bytes");
        }
        int headerBytes = headerBytes();
        long dataBytes = size - Long.BYTES - headerBytes;
        TensorHeader header = TensorHeader.parse(utf8(bytes(headerBytes)), dataBytes);
        Map<String, StoredTensor> tensors = new HashMap<>();
        for (TensorEntry entry : header.inFileOrder()) {
            byte[] data = bytes((int) (entry.end() - entry.begin()));
            tensors.put(entry.name(), new StoredTensor(entry.name(), entry.dtype(), entry.shape(), data));
        }
        List<StoredTensor> ordered = header.entries().stream()
                .map(entry -> tensors.get(entry.name()))
                .toList();
        return new TensorFile(header.metadata(), ordered);
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
            if (channel.read(bytes) < 0) {
                throw new ModelFormatException("the file became shorter while it was read");
            }
        }
        return bytes.array();
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
