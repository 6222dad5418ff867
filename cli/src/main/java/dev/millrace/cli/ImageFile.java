package dev.millrace.cli;

import dev.millrace.data.ImageReadOptions;
import dev.millrace.data.ImageSet;
import dev.millrace.data.ImageSetReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Images that a command is given to read.
 *
 * @param location a file or folder
 * @param array of an {@code .npz}
 * @param labels a file of labels
 */
record ImageFile(String location, Optional<String> array, Optional<Path> labels) {

    static ImageFile of(String location) {
        return new ImageFile(location, Optional.empty(), Optional.empty());
    }

    /** @throws CommandException if it is standard input */
    ImageSet read() throws IOException {
        if (location.equals("-")) {
            throw CommandException.usage("images are read from files and folders, not from standard input");
        }
        return new ImageSetReader(new ImageReadOptions(array, labels)).read(Path.of(location));
    }
}
