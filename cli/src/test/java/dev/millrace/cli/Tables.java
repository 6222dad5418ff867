package dev.millrace.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Small seeded tables: b depends on a, c takes few whole values. */
final class Tables {

    static final String HEADER = "a,b,c";

    private Tables() {}

    static void write(Path file, int rows, long seed) throws IOException {
        List<String> lines = new ArrayList<>(List.of(HEADER));
        lines.addAll(rows(rows, seed));
        Files.write(file, lines);
    }

    static List<String> rows(int rows, long seed) {
        Random random = new Random(seed);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            double a = random.nextGaussian();
            double b = a * a + 0.3 * random.nextGaussian();
            lines.add(String.format(Locale.ROOT, "%.6f,%.6f,%d", a, b, random.nextInt(4)));
        }
        return lines;
    }
}
