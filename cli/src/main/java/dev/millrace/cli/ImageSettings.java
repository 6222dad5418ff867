package dev.millrace.cli;

import dev.millrace.model.Fields;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** How the images of a fit were read and split, what values they have, and whether training flips them. */
record ImageSettings(Optional<String> array, int levels, boolean flip, HoldOut holdOut) {

    private static final int LEVELS = 256;

    /** @throws CommandException if a value is out of its range */
    ImageSettings {
        if (levels < 2 || levels > LEVELS) {
            throw CommandException.usage("--levels must be from 2 to " + LEVELS + ", not " + levels);
        }
    }

    /** @throws CommandException if an option is only for tables */
    static ImageSettings of(DataOptions given, boolean testFile) {
        given.requireForImages();
        return new ImageSettings(
                given.source.array, given.levels.orElse(LEVELS), given.flip.orElse(false), HoldOut.of(given, testFile));
    }

    ImageSettings forImages(int images) {
        return new ImageSettings(array, levels, flip, holdOut.forRows(images));
    }

    Map<String, Object> toTree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        array.ifPresent(name -> tree.put("array", name));
        tree.put("levels", levels);
        tree.put("flip", flip);
        holdOut.write(tree);
        return tree;
    }

    /** @throws dev.millrace.model.ModelFormatException if the tree describes no such settings */
    static ImageSettings read(Fields fields) {
        return new ImageSettings(
                fields.has("array") ? Optional.of(fields.string("array")) : Optional.empty(),
                fields.integer("levels"),
                fields.bool("flip"),
                HoldOut.read(fields));
    }
}
