package dev.millrace.cli;

import dev.millrace.data.ImageSet;
import dev.millrace.data.ImageSetWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Where images are written.
 *
 * @param path its name says how
 * @param form how
 * @param columns images side by side in a picture of many
 */
record ImageOutput(Path path, Form form, int columns) {

    /** The forms there are. */
    enum Form {
        GRID,
        ARRAY,
        FOLDER
    }

    private static final int COLUMNS = 10;

    /** @throws CommandException if the name does not say the form, or the columns do not go with it */
    static ImageOutput of(Path path, Optional<Integer> columns) {
        Form form = form(path);
        if (columns.isPresent() && (form != Form.GRID || columns.get() < 1)) {
            throw CommandException.usage(
                    form == Form.GRID
                            ? "--columns must be at least 1, not " + columns.get()
                            : "--columns goes with a .png file, not with " + path);
        }
        return new ImageOutput(path, form, columns.orElse(COLUMNS));
    }

    private static Form form(Path path) {
        String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
        if (Files.isDirectory(path) || !name.contains(".")) {
            return Form.FOLDER;
        }
        if (name.endsWith(".png")) {
            return Form.GRID;
        }
        if (name.endsWith(".npy")) {
            return Form.ARRAY;
        }
        throw CommandException.usage(
                path + ": its name does not say how to write images; let it end in .png or .npy, or name a folder");
    }

    /** @throws CommandException if nothing can be written there, or something would be lost */
    ImageOutput requireWritable(List<String> inputs) throws IOException {
        OutputFile file = new OutputFile(path).requireNotAmong(inputs);
        if (form == Form.FOLDER) {
            try {
                ImageSetWriter.requireEmpty(path);
            } catch (IllegalArgumentException e) {
                throw CommandException.failure(e.getMessage(), e);
            }
            file.requireFolder();
        } else {
            file.requireWritable();
        }
        return this;
    }

    /**
     * Writes images. Those in one picture are for people to look at, and brightened to white where their values do not
     * reach 255; files to be read again keep their values.
     *
     * @param levels values are 0 to {@code levels − 1}
     */
    void write(int levels, ImageSet images) throws IOException {
        switch (form) {
            case GRID -> ImageSetWriter.writeGrid(path, brightened(levels, images), columns);
            case ARRAY -> ImageSetWriter.writeNpy(path, images);
            case FOLDER -> ImageSetWriter.writeFolder(path, images);
        }
    }

    private static ImageSet brightened(int levels, ImageSet images) {
        byte[] bytes = images.bytes().clone();
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Math.round(Byte.toUnsignedInt(bytes[i]) * 255f / (levels - 1));
        }
        return ImageSet.of(images.height(), images.width(), images.channels(), bytes);
    }
}
