package dev.millrace;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** The images of handwritten digits that ship with the project: 1,797 of 8 × 8 pixels of 0 to 16. */
public final class Digits {

    public static final int SIDE = 8;
    public static final int LEVELS = 17;
    private static final int DIMENSION = SIDE * SIDE;

    private Digits() {}

    /** Some images, one after the other. */
    public static byte[] pixels(int from, int to) {
        List<String> lines = lines();
        byte[] pixels = new byte[(to - from) * DIMENSION];
        for (int i = 0; i < to - from; i++) {
            String[] cells = lines.get(from + i).split(",");
            for (int j = 0; j < DIMENSION; j++) {
                pixels[i * DIMENSION + j] = Byte.parseByte(cells[j]);
            }
        }
        return pixels;
    }

    private static List<String> lines() {
        Path file = Path.of("..", "examples", "digits.csv.gz");
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.US_ASCII))) {
            return reader.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Bits per dimension of independent pixels: each one's frequencies in some images, with 1 added to every count. */
    public static double independentBits(byte[] train, byte[] test) {
        double[][] counts = new double[DIMENSION][LEVELS];
        for (double[] pixel : counts) {
            Arrays.fill(pixel, 1);
        }
        for (int i = 0; i < train.length; i++) {
            counts[i % DIMENSION][train[i]]++;
        }
        double bits = 0;
        for (int i = 0; i < test.length; i++) {
            double[] pixel = counts[i % DIMENSION];
            bits -= Math.log(pixel[test[i]] / Arrays.stream(pixel).sum()) / Math.log(2);
        }
        return bits / test.length;
    }
}
