package dev.millrace.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;

/** Where the figures come from. */
final class Machine {

    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

    private Machine() {}

    static int processors() {
        return Runtime.getRuntime().availableProcessors();
    }

    /** Date, system, processor and Java. */
    static String describe() throws IOException {
        return String.format(
                "%s; %s %s, %d × %s; Java %s (%s)",
                LocalDate.now(),
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                processors(),
                model(),
                System.getProperty("java.version"),
                System.getProperty("java.vendor"));
    }

    private static String model() throws IOException {
        String unknown = "processor of unknown model";
        if (!Files.exists(PROCESSORS)) {
            return unknown;
        }
        return Files.readAllLines(PROCESSORS).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse(unknown);
    }
}
