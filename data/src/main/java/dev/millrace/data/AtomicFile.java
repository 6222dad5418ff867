package dev.millrace.data;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.Set;

/**
 * A file that appears under its name whole or not at all: written beside it under another name, renamed on
 * {@link #commit}, deleted if closed before, or if the JVM is told to end. Not for several threads at once.
 */
public final class AtomicFile implements Closeable {

    private static final Set<StandardOpenOption> NEW = Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);

    private final Path target;
    private final Path written;
    private final FileChannel channel;
    private final Thread deletion = new Thread(this::deleteWritten, "millrace-deletion");
    private boolean committed;

    private AtomicFile(Path target, Path written, FileChannel channel) {
        this.target = target;
        this.written = written;
        this.channel = channel;
        if (isSeekable()) {
            Runtime.getRuntime().addShutdownHook(deletion);
        }
    }

    /**
     * A file to be written.
     *
     * @param path where it will be; a device such as {@code /dev/stdout} is written in place
     * @param attributes of the file, such as who may read it
     * @return it, still empty
     * @throws IOException if it cannot be created
     */
    public static AtomicFile create(Path path, FileAttribute<?>... attributes) throws IOException {
        // Through links to what they point at; and what is no regular file (a pipe, /dev/stdout) cannot be replaced.
        Path target = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
        if (Files.exists(target) && !Files.isRegularFile(target)) {
            return new AtomicFile(target, target, FileChannel.open(target, StandardOpenOption.WRITE));
        }
        // Not Files.createTempFile, whose files only their owner may read.
        return TemporaryName.beside(
                target, beside -> new AtomicFile(target, beside, FileChannel.open(beside, NEW, attributes)));
    }

    /**
     * Where to write.
     *
     * @return the channel, which is closed with the file
     */
    public FileChannel channel() {
        return channel;
    }

    /** Whether one can write at any place of it. */
    boolean isSeekable() {
        return !written.equals(target);
    }

    /**
     * Puts the file under its name, in place of one that may be there.
     *
     * @throws IOException if that fails; a file that was there before is then as it was
     */
    public void commit() throws IOException {
        if (isSeekable()) {
            // The bytes before the name: else a crash could leave the name with no bytes.
            channel.force(true);
            channel.close();
            try {
                Files.move(written, target, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(written, target, StandardCopyOption.REPLACE_EXISTING);
            }
        }
        committed = true;
    }

    /** Gives the file up unless {@link #commit} has succeeded. */
    @Override
    public void close() throws IOException {
        channel.close();
        if (!committed && isSeekable()) {
            Files.deleteIfExists(written);
        }
        try {
            Runtime.getRuntime().removeShutdownHook(deletion);
        } catch (IllegalStateException e) {
            // The JVM is ending; what there was to delete is deleted now, or by the hook.
        }
    }

    private void deleteWritten() {
        try {
            Files.deleteIfExists(written);
        } catch (IOException e) {
            // Nobody is left to be told.
        }
    }
}
