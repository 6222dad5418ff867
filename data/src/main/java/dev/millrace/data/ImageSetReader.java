package dev.millrace.data;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.ZipException;

/**
 * Reads sets of images from files and folders.
 *
 * <p>What a file is, its first bytes tell, not its name (but for CIFAR-10's, which have no mark of their own):
 *
 * <ul>
 *   <li>IDX, MNIST's format, of unsigned bytes in 3 dimensions (images, height, width) or 4 (and channels). Labels come
 *       from the file beside it if both are named as MNIST's are ({@code train-images-idx3-ubyte.gz} and
 *       {@code train-labels-idx1-ubyte.gz}), or from the file that the options name;
 *   <li>NumPy's {@code .npy} of uint8, (images, height, width) or (images, height, width, channels), and such an array
 *       in an {@code .npz}. Arrays of fewer dimensions or other types are tables, see {@link TableReader};
 *   <li>CIFAR-10's binary batches, {@code .bin};
 *   <li>these compressed with gzip;
 *   <li>folders and zip archives of PNG and JPEG files, in the order of their paths; other files in them are passed
 *       over. If they lie in several folders, the folder is the label;
 *   <li>one PNG or JPEG file: a set of one image.
 * </ul>
 *
 * <p>A PNG or JPEG may be gray or coloured, of up to 8 bits a value. A palette becomes gray if all its colours are, else
 * red, green and blue. An alpha channel is left out if every pixel is opaque; transparent pixels are an error, as are 16
 * bits a value. Colour profiles and gamma are not applied: the values are those in the file.
 *
 * <p>The source may be hostile: no more memory is taken than bytes really read call for; sizes of an image are checked
 * before its pixels are decoded, an image has at most {@link ImageSet#MAX_ENTRIES} values, and a PNG or JPEG file at
 * most 64 MB. Instances are immutable and safe to share between threads.
 */
public final class ImageSetReader {

    private static final int HEADER_LOOKAHEAD = 1 << 17;

    private final ImageReadOptions options;

    /**
     * A reader with these settings.
     *
     * @param options how to read
     */
    public ImageSetReader(ImageReadOptions options) {
        this.options = Objects.requireNonNull(options, "options");
    }

    /**
     * Whether a source holds images rather than a table.
     *
     * @param source file or stream; a stream is not touched, and taken for a table
     * @return whether {@link #read} is the way to read it; true does not mean that it is without fault
     * @throws IOException if it cannot be read
     * @throws DataException if it is damaged where that is written
     */
    public boolean recognises(DataSource source) throws IOException {
        if (!(source instanceof DataSource.File file)) {
            return false;
        }
        if (Files.isDirectory(file.path())) {
            return true;
        }
        try (Input input = Input.open(source)) {
            return switch (input.format()) {
                case TEXT -> false;
                case IDX, PICTURE, CIFAR -> true;
                case NPY -> areImages(source.name(), input.bytes());
                case ZIP -> isImageArchive(file.path(), input);
            };
        } catch (ZipException | EOFException e) {
            throw damaged(source.name(), e);
        }
    }

    private static boolean areImages(String name, BufferedInputStream bytes) throws IOException {
        bytes.mark(HEADER_LOOKAHEAD);
        boolean images = ArrayImages.areImages(NpyHeader.read(name, bytes));
        bytes.reset();
        return images;
    }

    private boolean isImageArchive(Path path, Input input) throws IOException {
        if (input.isGzip()) {
            return false;
        }
        try (PictureSource pictures = PictureSource.zip(path, NpzArray.openArchive(path))) {
            if (!pictures.names().isEmpty()) {
                return true;
            }
        }
        try (NpzArray array = NpzArray.open(path, options.array())) {
            return areImages(path.toString(), new BufferedInputStream(array.bytes()));
        }
    }

    /**
     * Reads all images of a file or folder.
     *
     * @param path where it is
     * @return its images, one or more
     * @throws IOException if it cannot be read (is not there, is not allowed)
     * @throws DataException if what it holds are not images as described above, or they do not fit into memory; the
     *     message names the file, and the entry in an archive
     */
    public ImageSet read(Path path) throws IOException {
        try {
            return Files.isDirectory(path) ? folder(path) : readFile(path);
        } catch (OutOfMemoryError e) {
            long megabytes = Runtime.getRuntime().maxMemory() >> 20;
            throw new DataException(
                    path + ": does not fit into the " + megabytes + " MB of memory Java may use; raise -Xmx", e);
        }
    }

    private ImageSet folder(Path path) throws IOException {
        if (options.array().isPresent()) {
            throw new DataException(path + ": is a folder and no .npz archive; leave --array out");
        }
        return pictures(path.toString(), PictureSource.folder(path));
    }

    private ImageSet readFile(Path path) throws IOException {
        String name = path.toString();
        try (Input input = Input.open(new DataSource.File(path))) {
            NpzArray.requireArchive(name, input.format(), options.array());
            return switch (input.format()) {
                case IDX -> withLabels(path, ArrayImages.idx(name, input.bytes()));
                case NPY -> withLabels(path, ArrayImages.npy(name, input.bytes()));
                case CIFAR -> labelled(name, ArrayImages.cifar(name, input.bytes()));
                case PICTURE -> labelled(name, single(path, input));
                case ZIP -> archive(path, input);
                case TEXT ->
                    throw new DataException(name + ": holds no images; they are read from IDX, .npy, .npz, .png,"
                            + " .jpg, folders and zip archives of these two, and CIFAR-10's .bin");
            };
        } catch (ZipException | EOFException e) {
            throw damaged(name, e);
        }
    }

    private ImageSet withLabels(Path path, ImageSet images) throws IOException {
        Optional<Path> file = options.labels().or(() -> ArrayImages.labelsBeside(path));
        if (file.isEmpty()) {
            return images;
        }
        List<String> labels = ArrayImages.labels(file.get());
        if (labels.size() != images.count()) {
            throw new DataException(file.get() + ": holds " + labels.size() + " labels for the " + images.count()
                    + " images of " + path);
        }
        return images.withLabels(labels);
    }

    /** Images whose own labels are known, or that can have none. */
    private ImageSet labelled(String name, ImageSet images) {
        options.labels().ifPresent(file -> {
            throw new DataException(file + ": labels of their own belong to images in an array, and " + name
                    + " is none; leave --labels out");
        });
        return images;
    }

    private static ImageSet single(Path path, Input input) throws IOException {
        Picture picture = Picture.decode(path.toString(), PictureSource.read(path.toString(), input.bytes()));
        if (picture.bytes().length > ImageSet.MAX_ENTRIES) {
            throw new DataException(path + ": is of " + picture.size() + ", more than " + ImageSet.MAX_ENTRIES
                    + " values; make it smaller");
        }
        return ImageSet.owning(picture.height(), picture.width(), picture.channels(), picture.bytes())
                .withFiles(List.of(String.valueOf(path.getFileName())));
    }

    private ImageSet archive(Path path, Input input) throws IOException {
        if (input.isGzip()) {
            throw new DataException(path + ": a zip archive is read only without gzip around it");
        }
        PictureSource files = PictureSource.zip(path, NpzArray.openArchive(path));
        if (!files.names().isEmpty() && options.array().isEmpty()) {
            return pictures(path.toString(), files);
        }
        files.close();
        try (NpzArray array = NpzArray.open(path, options.array())) {
            return withLabels(path, ArrayImages.npy(path + "[" + array.name() + "]", array.bytes()));
        }
    }

    private ImageSet pictures(String source, PictureSource files) throws IOException {
        try (files) {
            return labelled(source, new PictureFiles(source, files).read());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static DataException damaged(String source, IOException cause) {
        return new DataException(
                source + ": the compressed file is damaged or cut short ("
                        + Excerpt.printable(String.valueOf(cause.getMessage())) + ")",
                cause);
    }
}
