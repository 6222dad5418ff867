package dev.millrace.model;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A tensor on its way into a file.
 *
 * @param name its name
 * @param dtype the type of its elements
 * @param shape its dimensions
 * @param elements gives the bytes of its elements
 */
record TensorContent(String name, Dtype dtype, int[] shape, Elements elements) {

    /**
     * Bytes that are handed to a stream at once. A stream over a channel copies each piece to memory outside the heap
     * first, so the piece must not be a whole tensor.
     */
    private static final int PIECE = 1 << 16;

    /** Elements that are taken piece by piece. */
    @FunctionalInterface
    interface Elements {

        /**
         * Fills a piece.
         *
         * @param at its first byte, a multiple of an element's size
         * @param piece little-endian, as long as whole elements
         */
        void get(int at, ByteBuffer piece);
    }

    /** Bytes that the elements take in the file. */
    int byteCount() {
        return dtype.bytes(shape);
    }

    /** Writes the elements as they are in the file. */
    void writeTo(OutputStream out) throws IOException {
        int count = byteCount();
        ByteBuffer piece = ByteBuffer.allocate(Math.min(count, PIECE)).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at < count; at += piece.limit()) {
            piece.clear().limit(Math.min(PIECE, count - at));
            elements.get(at, piece);
            out.write(piece.array(), 0, piece.limit());
        }
    }
}
