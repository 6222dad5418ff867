package dev.millrace.bench.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A program that is compared.
 *
 * @param name Millrace's or a peer's
 * @param command its beginning, which work, threads, folder and seconds follow
 */
record Program(String name, List<String> command) {

    static final String MILLRACE = "millrace";

    /** This very Java with these very classes, and the flags of the launcher. */
    static Program millrace() {
        return new Program(
                MILLRACE,
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-modules",
                        "jdk.incubator.vector",
                        // As ./millrace starts it.
                        "-XX:+UseSerialGC",
                        "-Xmn16m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        MillraceCell.class.getName()));
    }

    /** A peer that the driver in a folder knows. */
    static Program peer(String name, Path python, Path drivers) {
        return new Program(
                name, List.of(python.toString(), drivers.resolve("driver.py").toString(), name));
    }

    /**
     * Starts a process for one work.
     *
     * @throws IOException if the process cannot be started
     */
    Cell start(Work work, int threads, Path folder, double seconds) throws IOException {
        List<String> arguments = Stream.concat(
                        command.stream(),
                        Stream.of(work.name(), Integer.toString(threads), folder.toString(), Double.toString(seconds)))
                .toList();
        return new Cell(this, threads, arguments, folder.resolve("errors-" + name + "-" + threads + ".txt"));
    }
}
