package dev.millrace.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Folders for files that nobody will look for: gone when they are deleted, or at the latest when the JVM is. */
final class TemporaryFolder {

    private static final Set<Path> THERE = ConcurrentHashMap.newKeySet();

    static {
        // One for all. File.deleteOnExit would remember each of them as long as the JVM runs, deleted or not.
        Runtime.getRuntime().addShutdownHook(new Thread(TemporaryFolder::deleteAll, "millrace-deletion"));
    }

    private TemporaryFolder() {}

    /** A new one, empty, for its owner alone to read. */
    static Path create() throws IOException {
        Path folder = Files.createTempDirectory("millrace");
        THERE.add(folder);
        return folder;
    }

    /** Those that are there, to be deleted when the JVM ends. */
    static Set<Path> all() {
        return Set.copyOf(THERE);
    }

    /** Deletes a folder and the files in it; those of them that some systems keep while they are mapped, at the end. */
    static void delete(Path folder) {
        try {
            for (Path file : files(folder)) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
            THERE.remove(folder);
        } catch (IOException e) {
            // It stays among those to be deleted at the end.
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    /** What the JVM does at its end. */
    static void deleteAll() {
        all().forEach(TemporaryFolder::delete);
    }
}
