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

    /**
     * Its images.
     *
     * @param levels their values are 0 to {@code levels − 1}
     * @throws CommandException if it is standard input, or there are other values
     */
    ImageSet read(int levels) throws IOException {
        if (location.equals("-")) {
            throw CommandException.usage("images are read from files and folders, not from standard input");
        }
        ImageSet images = new ImageSetReader(new ImageReadOptions(array, labels)).read(Path.of(location));
        byte[] bytes = images.bytes();
        for (int i = 0; i < bytes.length; i++) {
            if (Byte.toUnsignedInt(bytes[i]) >= levels) {
                throw CommandException.failure(location + ": image " + i / images.entries() + " (from 0) has the value "
                        + Byte.toUnsignedInt(bytes[i]) + ", where values are to be 0 to " + (levels - 1));
            }
        }
        return images;
    }
}
