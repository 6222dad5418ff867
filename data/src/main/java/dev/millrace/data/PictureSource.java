package dev.millrace.data;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Where PNG and JPEG files lie: a folder and those in it, or a zip archive. Safe for many threads. */
interface PictureSource extends Closeable {

    /** The largest file that is read: far more than an image of {@link ImageSet#MAX_ENTRIES} values can need. */
    int MAX_FILE = 64 << 20;

    /** What messages call one of the files. */
    String describe(String name);

    /** The files, with {@code /} between the folders, sorted by the code units of their names. */
    List<String> names();

    /** One of the files. */
    InputStream open(String name) throws IOException;

    /**
     * The bytes of one of the files.
     *
     * @throws DataException if there are too many
     */
    default byte[] read(String name) throws IOException {
        try (InputStream in = open(name)) {
            return read(describe(name), in);
        }
    }

    /**
     * The bytes of a file, to its end.
     *
     * @param described what messages call it
     * @throws DataException if there are too many
     */
    static byte[] read(String described, InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(MAX_FILE + 1);
        if (bytes.length > MAX_FILE) {
            throw new DataException(described + ": is larger than " + (MAX_FILE >> 20) + " MB; make it smaller");
        }
        return bytes;
    }

    /** Names that operating systems leave behind, not people. */
    private static boolean isWanted(String name) {
        return Picture.isNamedSo(name)
                && !name.startsWith("__MACOSX/")
                && !name.startsWith(".")
                && !name.contains("/.");
    }

    /** All images in a folder and the folders in it. Links within are not followed, but the root may be one. */
    static PictureSource folder(Path root) throws IOException {
        List<String> names = new ArrayList<>();
        // Of the folder itself: a walk that begins at a link ends there.
        Path real = root.toRealPath();
        try (Stream<Path> files = Files.walk(real)) {
            files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .forEach(file -> {
                        Path relative = real.relativize(file);
                        String name = String.join(
                                "/",
                                Stream.of(relative.iterator())
                                        .flatMap(PictureSource::parts)
                                        .toList());
                        if (isWanted(name)) {
                            names.add(name);
                        }
                    });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        List<String> sorted = names.stream().sorted().toList();
        return new PictureSource() {
            @Override
            public String describe(String name) {
                return Excerpt.printable(root.resolve(name).toString());
            }

            @Override
            public List<String> names() {
                return sorted;
            }

            @Override
            public InputStream open(String name) throws IOException {
                return Files.newInputStream(root.resolve(name));
            }

            @Override
            public void close() {}
        };
    }

    private static Stream<String> parts(Iterator<Path> path) {
        List<String> parts = new ArrayList<>();
        path.forEachRemaining(part -> parts.add(part.toString()));
        return parts.stream();
    }

    /** All images in an archive, which the source owns from now on. */
    static PictureSource zip(Path path, ZipFile archive) {
        List<String> sorted = archive.stream()
                .filter(entry -> !entry.isDirectory())
                .map(ZipEntry::getName)
                .filter(PictureSource::isWanted)
                .distinct()
                .sorted()
                .toList();
        return new PictureSource() {
            @Override
            public String describe(String name) {
                return path + "[" + Excerpt.printable(name) + "]";
            }

            @Override
            public List<String> names() {
                return sorted;
            }

            @Override
            public InputStream open(String name) throws IOException {
                return archive.getInputStream(archive.getEntry(name));
            }

            @Override
            public void close() throws IOException {
                archive.close();
            }
        };
    }
}
