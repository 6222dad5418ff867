package dev.millrace.cli;

import dev.millrace.data.DataSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A file that a command is given to read. */
final class InputFile {

    private InputFile() {}

    /** The rows that an argument means: a file, {@code -} for standard input, or built-in data. */
    static DataSource source(String location) {
        DataSource source = any(location);
        if (source instanceof DataSource.File file) {
            requireNotFolder(file.path());
        }
        return source;
    }

    /** As {@link #source}, or a folder. */
    static DataSource any(String location) {
        Optional<BuiltInData> builtIn = BuiltInData.of(location);
        if (builtIn.isPresent()) {
            return builtIn.get().source();
        }
        return DataSource.of(location, System.in);
    }

    /** @throws CommandException if it is a folder, of which the system would not tell the name */
    static Path requireNotFolder(Path path) {
        if (Files.isDirectory(path)) {
            throw CommandException.failure(path + ": is a folder, not a file");
        }
        return path;
    }
}
