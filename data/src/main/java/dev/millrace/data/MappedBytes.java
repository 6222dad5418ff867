package dev.millrace.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32C;

/**
 * A part of a file, mapped into memory: the system reads what is asked for, and keeps of it what there is room for outside
 * of Java's heap. In segments, since a buffer holds less than 2 GB. Safe for several threads that read at once.
 */
final class MappedBytes {

    /** Of a segment's length; whole numbers of elements of any type, so that none lies in two. */
    private static final int SEGMENT_BITS = 30;

    private final int segmentBits;
    private final ByteBuffer[] segments;

    private MappedBytes(int segmentBits, ByteBuffer[] segments) {
        this.segmentBits = segmentBits;
        this.segments = segments;
    }

    /** Maps so many bytes from a place on, which the file must have. The file may be closed then. */
    static MappedBytes of(FileChannel file, long from, long length, ByteOrder order) throws IOException {
        return of(file, from, length, order, SEGMENT_BITS);
    }

    static MappedBytes of(FileChannel file, long from, long length, ByteOrder order, int segmentBits)
            throws IOException {
        long most = 1L << segmentBits;
        ByteBuffer[] segments = new ByteBuffer[Math.toIntExact((length + most - 1) >>> segmentBits)];
        for (int i = 0; i < segments.length; i++) {
            long start = i * most;
            segments[i] = file.map(FileChannel.MapMode.READ_ONLY, from + start, Math.min(most, length - start))
                    .order(order);
        }
        return new MappedBytes(segmentBits, segments);
    }

    /** The segment that holds a byte. */
    ByteBuffer segment(long place) {
        return segments[(int) (place >>> segmentBits)];
    }

    /** Where in its segment a byte is. */
    int offset(long place) {
        return (int) (place & (1L << segmentBits) - 1);
    }

    /** The CRC-32C of all bytes. */
    int checksum() {
        CRC32C checksum = new CRC32C();
        for (ByteBuffer segment : segments) {
            checksum.update(segment.duplicate());
        }
        return (int) checksum.getValue();
    }
}
