package dev.millrace.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes of tensor files put together by hand, valid or not. */
final class RawFile {

    private RawFile() {}

    /** A header, behind its length, before {@code dataBytes} zeros. */
    static byte[] of(String header, int dataBytes) {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        byte[] file = withLength(text.length, text);
        return Arrays.copyOf(file, file.length + dataBytes);
    }

    /** A header length, true or not, before the rest of the file. */
    static byte[] withLength(long length, byte... rest) {
        return ByteBuffer.allocate(Long.BYTES + rest.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(length)
                .put(rest)
                .array();
    }
}
