package dev.millrace.data;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.Objects;

/** Where a table is read from: a file, or a stream such as standard input. */
public sealed interface DataSource {

    /**
     * What messages call it.
     *
     * @return the name
     */
    String name();

    /**
     * The source a command line argument means.
     *
     * @param location a path, or {@code -} for standard input
     * @param standardInput read when the location is {@code -}; not closed
     * @return the source
     * @throws java.nio.file.InvalidPathException if the location cannot be a path
     */
    static DataSource of(String location, InputStream standardInput) {
        return location.equals("-") ? new Stream(standardInput, "standard input") : new File(Path.of(location));
    }

    /**
     * A file.
     *
     * @param path where it is
     */
    record File(Path path) implements DataSource {

        /** Checks the path. */
        public File {
            Objects.requireNonNull(path, "path");
        }

        @Override
        public String name() {
            return path.toString();
        }
    }

    /**
     * A stream, read once from where it stands. The one who opened it closes it.
     *
     * @param stream the bytes
     * @param name what messages call it
     */
    record Stream(InputStream stream, String name) implements DataSource {

        /** Checks the parts. */
        public Stream {
            Objects.requireNonNull(stream, "stream");
            Objects.requireNonNull(name, "name");
        }
    }
}
