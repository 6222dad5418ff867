package dev.millrace.cli;

import dev.millrace.data.ImageSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One image that a command is given: a file that holds no other, or one of a set.
 *
 * @param location the file or folder
 * @param number the image's, from 0, if it is one of a set
 */
record SingleImage(String location, OptionalInt number) {

    private static final Pattern NUMBERED = Pattern.compile("(.+)\\[(\\d{1,9})]");

    /** What an argument means: a path, or {@code PATH[I]}. */
    static SingleImage of(String argument) {
        Matcher numbered = NUMBERED.matcher(argument);
        return numbered.matches() && !Files.exists(Path.of(argument))
                ? new SingleImage(numbered.group(1), OptionalInt.of(Integer.parseInt(numbered.group(2))))
                : new SingleImage(argument, OptionalInt.empty());
    }

    /** @throws CommandException if there is no such image, or it is not clear which is meant */
    ImageSet read(ImageModel model) throws IOException {
        ImageSet set = model.read(new ImageFile(location, Optional.empty(), Optional.empty()));
        if (number.isEmpty() && set.count() > 1) {
            throw CommandException.usage(location + ": holds " + FigureText.grouped(set.count())
                    + " images; choose one with '" + location + "[0]'");
        }
        int image = number.orElse(0);
        if (image >= set.count()) {
            throw CommandException.failure(location + ": has no image " + image + "; there are "
                    + FigureText.grouped(set.count()) + ", counted from 0");
        }
        return set.select(new int[] {image});
    }
}
