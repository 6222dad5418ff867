package dev.millrace.cli;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** Handwritten digits of 8 × 8 pixels with 17 levels, out of the table that Millrace ships. */
final class Images {

    static final int SIDE = 8;
    static final int ENTRIES = SIDE * SIDE;
    static final int LEVELS = 17;

    private static final Path TABLE = Path.of("..", "examples", "digits.csv.gz");

    private Images() {}

    /** The pixels of some digits, one image after the other. */
    static byte[] pixels(int from, int to) throws IOException {
        return column(from, to, 0, ENTRIES);
    }

    private static byte[] column(int from, int to, int first, int end) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(new GZIPInputStream(Files.newInputStream(TABLE))))) {
            for (String line : lines.lines().skip(from).limit(to - from).toList()) {
                String[] cells = line.split(",");
                for (int i = first; i < end; i++) {
                    bytes.write(Integer.parseInt(cells[i]));
                }
            }
        }
        return bytes.toByteArray();
    }

    /** Writes some digits in IDX format. */
    static void write(Path file, int from, int to) throws IOException {
        write(file, pixels(from, to), to - from, SIDE, SIDE);
    }

    /** Writes their labels. */
    static void writeLabels(Path file, int from, int to) throws IOException {
        write(file, column(from, to, ENTRIES, ENTRIES + 1), to - from);
    }

    /** Writes unsigned bytes in IDX format. */
    static void write(Path file, byte[] elements, int... sizes) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(4 + 4 * sizes.length + elements.length);
        bytes.put((byte) 0).put((byte) 0).put((byte) 8).put((byte) sizes.length);
        for (int size : sizes) {
            bytes.putInt(size);
        }
        Files.write(file, bytes.put(elements).array());
    }
}
