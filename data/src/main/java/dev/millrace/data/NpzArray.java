package dev.millrace.data;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** One array of an {@code .npz} archive, opened. */
final class NpzArray implements Closeable {

    private static final String SUFFIX = ".npy";

    private final ZipFile archive;
    private final String name;
    private final InputStream bytes;

    private NpzArray(ZipFile archive, String name, InputStream bytes) {
        this.archive = archive;
        this.name = name;
        this.bytes = bytes;
    }

    /**
     * Opens an array.
     *
     * @param wanted its name; if empty, the archive must hold only one
     */
    static NpzArray open(Path path, Optional<String> wanted) throws IOException {
        ZipFile archive = openArchive(path);
        try {
            List<String> names = archive.stream()
                    .map(ZipEntry::getName)
                    .filter(entry -> entry.endsWith(SUFFIX))
                    .map(entry -> entry.substring(0, entry.length() - SUFFIX.length()))
                    .toList();
            String name = choose(path.toString(), names, wanted);
            InputStream bytes = archive.getInputStream(archive.getEntry(name + SUFFIX));
            return new NpzArray(archive, name, new BufferedInputStream(bytes, Input.BUFFER));
        } catch (IllegalArgumentException e) {
            archive.close();
            throw damaged(e);
        } catch (IOException | RuntimeException e) {
            archive.close();
            throw e;
        }
    }

    /** @throws DataException if an array is asked for by its name where arrays have none */
    static void requireArchive(String source, Input.Format format, Optional<String> wanted) {
        if (wanted.isPresent() && format != Input.Format.ZIP) {
            throw new DataException(source + ": is no .npz archive, so it has no array " + Excerpt.of(wanted.get())
                    + "; leave --array out");
        }
    }

    /** Opens an archive; one that is damaged is a {@link ZipException}. */
    static ZipFile openArchive(Path path) throws IOException {
        try {
            return new ZipFile(path.toFile());
        } catch (IllegalArgumentException e) {
            throw damaged(e);
        }
    }

    /** Some JDKs find names that cannot be decoded illegal arguments. */
    private static ZipException damaged(IllegalArgumentException cause) {
        ZipException damaged = new ZipException(cause.getMessage());
        damaged.initCause(cause);
        return damaged;
    }

    private static String choose(String source, List<String> names, Optional<String> wanted) {
        if (names.isEmpty()) {
            throw new DataException(source + ": is a zip archive without NumPy arrays");
        }
        if (wanted.isPresent()) {
            if (!names.contains(wanted.get())) {
                throw new DataException(
                        source + ": has no array " + Excerpt.of(wanted.get()) + Suggestion.among(wanted.get(), names));
            }
            return wanted.get();
        }
        if (names.size() > 1) {
            throw new DataException(source + ": holds " + names.size() + " arrays; choose one with --array"
                    + Suggestion.among("", names));
        }
        return names.get(0);
    }

    /** The array's name, without {@code .npy}. */
    String name() {
        return name;
    }

    /** Stands at the array's first byte. */
    InputStream bytes() {
        return bytes;
    }

    @Override
    public void close() throws IOException {
        archive.close();
    }
}
