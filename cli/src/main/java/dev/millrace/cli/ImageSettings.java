package dev.millrace.cli;

import dev.millrace.data.ImageReadOptions;
import dev.millrace.model.Fields;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** How the images of a fit were read and split, and whether training flips them. */
record ImageSettings(Optional<String> array, boolean flip, HoldOut holdOut) {

    /** @throws CommandException if an option is only for tables */
    static ImageSettings of(DataOptions given, boolean testFile) {
        given.requireForImages();
        return new ImageSettings(given.source.array, given.flip.orElse(false), HoldOut.of(given, testFile));
    }

    ImageSettings forImages(int images) {
        return new ImageSettings(array, flip, holdOut.forRows(images));
    }

    ImageReadOptions readOptions() {
        return new ImageReadOptions(array, Optional.empty());
    }

    Map<String, Object> toTree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        array.ifPresent(name -> tree.put("array", name));
        tree.put("flip", flip);
        holdOut.write(tree);
        return tree;
    }

    /** @throws dev.millrace.model.ModelFormatException if the tree describes no such settings */
    static ImageSettings read(Fields fields) {
        return new ImageSettings(
                fields.has("array") ? Optional.of(fields.string("array")) : Optional.empty(),
                fields.bool("flip"),
                HoldOut.read(fields));
    }
}
