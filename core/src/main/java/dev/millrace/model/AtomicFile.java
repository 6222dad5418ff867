package dev.millrace.model;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Replaces a file as a whole: whoever looks sees the old content or the new, never a part, whatever happens while it is
 * written.
 */
final class AtomicFile {

    /** Links that are followed from one to the next; as many as Linux does. */
    private static final int MOST_LINKS = 40;

    private static final Set<StandardOpenOption> NEW = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

    private AtomicFile() {}

    /** Gives a file its bytes. */
    @FunctionalInterface
    interface Content {

        /** Writes all bytes; need not flush. */
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Writes a new file beside the target and, once it is safely on the disk, puts it in the target's place. If
     * that fails, the new file is removed and the target is as it was. If the target is a link, what it points at is
     * replaced; a device or a pipe is written in place. The new file has the permissions of the old one, where the file
     * system knows any.
     */
    static void replace(Path path, Content content) throws IOException {
        Path target = behindLinks(path);
        if (Files.exists(target) && !Files.isRegularFile(target)) {
            writeInPlace(target, content);
            return;
        }
        Optional<Set<PosixFilePermission>> permissions = permissions(target);
        // In the same folder, since a move to another file system would be a copy. Not named after the target, whose
        // name may already be as long as the file system allows.
        Path temporary = target.resolveSibling(".millrace-" + UUID.randomUUID() + ".tmp");
        try {
            write(temporary, permissions, content);
            move(temporary, target);
        } catch (IOException | RuntimeException | Error e) {
            delete(temporary, e);
            throw e;
        }
    }

    private static void writeInPlace(Path device, Content content) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(device, StandardOpenOption.WRITE))) {
            content.writeTo(out);
        }
    }

    /** Not {@link Path#toRealPath}, which needs a file at the end. */
    private static Path behindLinks(Path path) throws IOException {
        Path at = path.toAbsolutePath();
        for (int links = 0; Files.isSymbolicLink(at); links++) {
            if (links == MOST_LINKS) {
                throw new FileSystemLoopException(path.toString());
            }
            at = at.resolveSibling(Files.readSymbolicLink(at));
        }
        return at;
    }

    private static Optional<Set<PosixFilePermission>> permissions(Path target) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(target, PosixFileAttributeView.class);
        return view == null || Files.notExists(target)
                ? Optional.empty()
                : Optional.of(view.readAttributes().permissions());
    }

    private static void write(Path file, Optional<Set<PosixFilePermission>> permissions, Content content)
            throws IOException {
        // From the start, so that nobody reads meanwhile who may not read the old file.
        FileAttribute<?>[] attributes =
                permissions.stream().map(PosixFilePermissions::asFileAttribute).toArray(FileAttribute<?>[]::new);
        try (FileChannel channel = FileChannel.open(file, NEW, attributes)) {
            if (permissions.isPresent()) {
                // The process may have a mask that took some of them away.
                Files.setPosixFilePermissions(file, permissions.get());
            }
            OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
            content.writeTo(out);
            out.flush();
            // Before the move: some file systems would otherwise keep the new name and lose the bytes in a crash.
            channel.force(true);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void delete(Path file, Throwable reason) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            reason.addSuppressed(e);
        }
    }
}
