package dev.millrace.data;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Where on disk a source's rows are kept that do not fit into memory: in a file beside it, to be found again as long as the
 * source has the same size and time and is read with the same settings; or, where there can be no such file, in a temporary
 * one, which is gone when the JVM is.
 */
final class RowCache {

    static final String SUFFIX = ".millrace-rows";

    private static final String AS_NEEDED = "read from there as they are needed";

    private final DataSource source;
    private final Optional<Path> beside;
    private final ReadOptions options;
    private final String state;

    private RowCache(DataSource source, Optional<Path> beside, ReadOptions options, String state) {
        this.source = source;
        this.beside = beside;
        this.options = options;
        this.state = state;
    }

    /** The cache of a source that is there. */
    static RowCache of(DataSource source, ReadOptions options) throws IOException {
        if (source instanceof DataSource.File file && Files.isRegularFile(file.path())) {
            Path path = file.path();
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            String state = attributes.size() + " bytes of " + attributes.lastModifiedTime();
            Path beside = path.resolveSibling(path.getFileName() + SUFFIX);
            return new RowCache(source, Optional.of(beside), options, state);
        }
        return new RowCache(source, Optional.empty(), options, "");
    }

    /** Of what the source's table read with some settings depends on. */
    private String key(ReadOptions reading) {
        String text = state + ", " + reading.identity();
        return HexFormat.of().formatHex(Fingerprint.sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private boolean isWanted(RowFileFooter footer) {
        // Whoever names all columns, as one does who goes on with a training, wants what one gets without naming any.
        return footer.key().equals(key(options))
                || footer.columns().equals(options.columns())
                        && footer.key().equals(key(options.withColumns(List.of())));
    }

    /** The source's rows, if they are kept beside it. */
    Optional<ReadResult> find() throws IOException {
        if (beside.isEmpty() || !Files.isReadable(beside.get()) || !RowFile.isOne(beside.get())) {
            return Optional.empty();
        }
        return RowFile.open(beside.get(), this::isWanted, source.name())
                .map(found -> found.onDisk("found in " + beside.get() + ", and " + AS_NEEDED));
    }

    /** A place for rows that are being read. */
    Place create() throws IOException {
        if (beside.isEmpty()) {
            return temporary("");
        }
        Path file = beside.get();
        // Whatever has this name and is no such file is somebody's, and stays as it is.
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !RowFile.isOne(file)) {
            return temporary(", since " + file + " is something else");
        }
        try {
            return new Place(file, false, RowFile.create(file, permissions()), "written to " + file);
        } catch (IOException e) {
            String reason = e instanceof FileSystemException failure && failure.getReason() != null
                    ? failure.getReason()
                    : e.getClass().getSimpleName();
            return temporary(", since " + file + " cannot be written (" + reason + ")");
        }
    }

    /** Who may not read the source shall not read its rows. */
    private FileAttribute<?>[] permissions() throws IOException {
        PosixFileAttributeView view =
                Files.getFileAttributeView(((DataSource.File) source).path(), PosixFileAttributeView.class);
        return view == null
                ? new FileAttribute<?>[0]
                : new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(view.readAttributes().permissions())
                };
    }

    private Place temporary(String why) throws IOException {
        Path folder = TemporaryFolder.create();
        Path file = folder.resolve("rows");
        try {
            return new Place(
                    file, true, RowFile.create(file), "written to a temporary file in " + folder.getParent() + why);
        } catch (IOException | RuntimeException e) {
            TemporaryFolder.delete(folder);
            throw e;
        }
    }

    /**
     * A file that is being written.
     *
     * @param temporary whether it is in a folder of its own, to be deleted with it when this is closed: by then it is
     *     mapped, or given up
     * @param note what there is to say of it
     */
    record Place(Path file, boolean temporary, RowFile rows, String note) implements Closeable {

        @Override
        public void close() throws IOException {
            try {
                rows.close();
            } finally {
                if (temporary) {
                    TemporaryFolder.delete(file.getParent());
                }
            }
        }
    }

    /** The table of the rows that have been written. */
    ReadResult finish(Place place, List<String> columns, RowCount count) throws IOException {
        place.rows().commit(key(options), columns, count);
        ReadResult result = RowFile.open(place.file(), this::isWanted, source.name())
                .orElseThrow(() -> new IOException(
                        place.file() + ": the rows written to it do not come back; is the disk damaged?"));
        return result.onDisk(place.note() + ", and " + AS_NEEDED);
    }
}
