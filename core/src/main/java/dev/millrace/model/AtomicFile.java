package dev.millrace.model;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Replaces a file as a whole: whoever looks sees the old content or the new, never a part, whatever happens while it is
 * written.
 */
final class AtomicFile {

    private AtomicFile() {}

    /** Gives a file its bytes. */
    @FunctionalInterface
    interface Content {

        /** Writes all bytes; need not flush. */
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Writes a new file beside {@code target} and, once it is safely on the disk, puts it in the target's place. If
     * that fails, the new file is removed and the target is as it was.
     */
    static void replace(Path target, Content content) throws IOException {
        // In the same folder, since a move to another file system would be a copy. Not named after the target, whose
        // name may already be as long as the file system allows.
        Path temporary = target.toAbsolutePath().resolveSibling(".millrace-" + UUID.randomUUID() + ".tmp");
        try {
            write(temporary, content);
            move(temporary, target);
        } catch (IOException | RuntimeException | Error e) {
            delete(temporary, e);
            throw e;
        }
    }

    private static void write(Path file, Content content) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
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
