package dev.millrace.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * What the header of an IDX file says: the format of MNIST's files.
 *
 * @param sizes the dimensions, each 1 or more, not yet checked against the bytes that follow
 */
record IdxHeader(int[] sizes) {

    private static final int UNSIGNED_BYTES = 8;

    /** Reads the header, leaving the stream at the first element. */
    static IdxHeader read(String source, InputStream in) throws IOException {
        byte[] magic = in.readNBytes(4);
        if (magic.length < 4 || magic[0] != 0 || magic[1] != 0) {
            throw new DataException(source + ": is not an IDX file");
        }
        if (magic[2] != UNSIGNED_BYTES) {
            throw new DataException(source + ": its elements are of IDX type 0x" + Integer.toHexString(magic[2] & 0xFF)
                    + "; only unsigned bytes, 0x8, are read");
        }
        int[] sizes = new int[magic[3] & 0xFF];
        byte[] bytes = in.readNBytes(4 * sizes.length);
        if (bytes.length < 4 * sizes.length) {
            throw new DataException(source + ": the file ends within its header");
        }
        ByteBuffer.wrap(bytes).asIntBuffer().get(sizes);
        for (int size : sizes) {
            if (size < 1) {
                throw new DataException(
                        source + ": its header claims a dimension of " + Integer.toUnsignedString(size) + " elements");
            }
        }
        return new IdxHeader(sizes);
    }
}
