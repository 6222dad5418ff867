package dev.millrace.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** A file that a command is going to write: looked at before the work, so that the work is not for nothing. */
record OutputFile(Path path) {

    private static final List<String> TABLES = List.of(".csv", ".tsv", ".csv.gz", ".tsv.gz", ".npy");

    /** @throws CommandException if the file certainly cannot be written */
    OutputFile requireWritable() {
        Path folder = requireFolder();
        if (Files.isDirectory(path)) {
            throw CommandException.failure(path + ": is a folder, not a file");
        }
        // A device such as /dev/null is written in place; any other file is replaced.
        boolean replaced = !Files.exists(path) || Files.isRegularFile(path);
        if (replaced && !canCreateIn(folder)) {
            throw CommandException.failure(
                    path + ": the folder " + folder + " is not writable; give a file in another one");
        }
        return this;
    }

    /** By trying: what permissions say does not hold for every user and every file system. */
    private static boolean canCreateIn(Path folder) {
        try {
            Files.delete(Files.createTempFile(folder, ".millrace-", ".tmp"));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * The folder it is to be in.
     *
     * @throws CommandException if there is none
     */
    Path requireFolder() {
        Path folder = path.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw CommandException.failure(path + ": there is no folder " + folder + "; create it first");
        }
        return folder;
    }

    /** @throws CommandException if the file is one of those that are read */
    OutputFile requireNotAmong(List<String> inputs) throws IOException {
        for (String input : inputs) {
            if (!input.equals("-")
                    && Files.exists(path)
                    && Files.exists(Path.of(input))
                    && Files.isSameFile(path, Path.of(input))) {
                throw CommandException.usage(path + ": is an input, and will not be overwritten");
            }
        }
        return this;
    }

    /** @throws CommandException if another file that is written is the same one */
    OutputFile requireNot(Path other, String names) throws IOException {
        boolean same = Files.exists(path) && Files.exists(other)
                ? Files.isSameFile(path, other)
                : path.toAbsolutePath()
                        .normalize()
                        .equals(other.toAbsolutePath().normalize());
        if (same) {
            throw CommandException.usage(names + " cannot be the same file, " + path);
        }
        return this;
    }

    /** @throws CommandException if the name does not say the format of a table */
    OutputFile requireTable() {
        String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
        if (TABLES.stream().noneMatch(name::endsWith)) {
            throw CommandException.usage(
                    path + ": its name does not say how to write it; let it end in " + String.join(", ", TABLES));
        }
        return this;
    }

    /** @throws CommandException if the name does not say the format of a picture */
    OutputFile requirePicture() {
        String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
        if (!name.endsWith(".png") && !name.endsWith(".svg")) {
            throw CommandException.usage(path + ": its name does not say how to write it; let it end in .png or .svg");
        }
        return this;
    }

    boolean isArray() {
        return String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT).endsWith(".npy");
    }
}
