package dev.millrace.data;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.UUID;

/**
 * Names for what is not to be seen under its own before it is whole. They do not depend on that name, which may already
 * be as long as the file system allows, and no two are the same, so that nothing a crash has left is in the way.
 */
final class TemporaryName {

    private TemporaryName() {}

    /** Makes a file or folder. */
    @FunctionalInterface
    interface Creation<T> {

        T at(Path path) throws IOException;
    }

    /**
     * Creates what is to be renamed to {@code target}: in the same folder, since a move to another file system would be
     * a copy.
     *
     * @param target absolute
     * @throws NoSuchFileException naming the folder, if it is not there
     * @throws AccessDeniedException naming the folder, if nothing may be created there
     */
    static <T> T beside(Path target, Creation<T> creation) throws IOException {
        try {
            return creation.at(target.resolveSibling(".millrace-" + UUID.randomUUID() + ".tmp"));
        } catch (NoSuchFileException e) {
            // Nobody would know the name made up here.
            throw new NoSuchFileException(String.valueOf(target.getParent()));
        } catch (AccessDeniedException e) {
            throw new AccessDeniedException(String.valueOf(target.getParent()));
        }
    }
}
