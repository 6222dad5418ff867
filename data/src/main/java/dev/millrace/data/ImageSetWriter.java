package dev.millrace.data;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * Writes sets of images: all in one PNG, each as a PNG in a folder, or as an {@code .npy} array of uint8, (images,
 * height, width, channels), without the last dimension if there is one channel.
 *
 * <p>A file or folder appears under its name whole or not at all; a file that was there is replaced then. PNG files hold
 * gray or coloured images. Stateless; safe to use from many threads.
 */
public final class ImageSetWriter {

    /** The most values of a picture of many images: 256 MiB of memory. */
    public static final int MAX_GRID = 1 << 28;

    private static final int GAP = 1;

    private ImageSetWriter() {}

    /**
     * Writes all images in one PNG, row after row, a pixel of white between them.
     *
     * @param file where to
     * @param images gray or coloured
     * @param columns images side by side, 1 or more
     * @throws IOException if the file cannot be written
     * @throws IllegalArgumentException if there is no column, the picture would have more than {@link #MAX_GRID} values,
     *     or the images have other channels than 1 or 3
     */
    public static void writeGrid(Path file, ImageSet images, int columns) throws IOException {
        if (columns < 1) {
            throw new IllegalArgumentException("a grid has at least 1 column, not " + columns);
        }
        int across = Math.min(columns, images.count());
        int down = (images.count() + across - 1) / across;
        long width = (long) across * (images.width() + GAP) - GAP;
        long height = (long) down * (images.height() + GAP) - GAP;
        if (width * height * images.channels() > MAX_GRID) {
            throw new IllegalArgumentException(images.count() + " images of " + images.size() + " are too many for one"
                    + " picture; write fewer, or a folder or an .npy file");
        }
        BufferedImage grid = blank(images, (int) width, (int) height);
        for (int i = 0; i < images.count(); i++) {
            draw(images, i, grid, i % across * (images.width() + GAP), i / across * (images.height() + GAP));
        }
        writeAtomically(file, ByteBuffer.wrap(png(grid)));
    }

    private static BufferedImage blank(ImageSet images, int width, int height) {
        if (images.channels() != 1 && images.channels() != 3) {
            throw new IllegalArgumentException(
                    "a PNG holds images of 1 or 3 channels, not of " + images.channels() + "; write an .npy file");
        }
        int type = images.channels() == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_3BYTE_BGR;
        BufferedImage blank = new BufferedImage(width, height, type);
        int[] white = new int[width * images.channels()];
        Arrays.fill(white, 255);
        for (int y = 0; y < height; y++) {
            blank.getRaster().setPixels(0, y, width, 1, white);
        }
        return blank;
    }

    /** Through the raster: drawing would convert between colour spaces. */
    private static void draw(ImageSet images, int image, BufferedImage onto, int x, int y) {
        byte[] bytes = images.image(image);
        int[] values = new int[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            values[i] = bytes[i] & 0xFF;
        }
        onto.getRaster().setPixels(x, y, images.width(), images.height(), values);
    }

    private static byte[] png(BufferedImage image) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        // Into memory, else the library would make temporary files.
        if (!ImageIO.write(image, "png", bytes)) {
            throw new IOException("this Java cannot write PNG files");
        }
        return bytes.toByteArray();
    }

    /**
     * Writes each image as a PNG, named by its number from 1 with zeros before it.
     *
     * @param folder is created; may be there if it is empty
     * @param images gray or coloured
     * @throws IOException if a file cannot be written
     * @throws IllegalArgumentException if the folder is not empty, or the images have other channels than 1 or 3
     */
    public static void writeFolder(Path folder, ImageSet images) throws IOException {
        requireEmpty(folder);
        Path target = folder.toAbsolutePath().normalize();
        // Not Files.createTempDirectory, whose folders only their owner may read.
        Path beside = TemporaryName.beside(target, Files::createDirectory);
        try {
            String name = "%0" + String.valueOf(images.count()).length() + "d.png";
            for (int i = 0; i < images.count(); i++) {
                BufferedImage single = blank(images, images.width(), images.height());
                draw(images, i, single, 0, 0);
                Files.write(beside.resolve(String.format(Locale.ROOT, name, i + 1)), png(single));
            }
            Files.deleteIfExists(target);
            Files.move(beside, target);
        } catch (IOException | RuntimeException e) {
            deleteAll(beside);
            throw e;
        }
    }

    /**
     * Refuses a folder in which files could be lost.
     *
     * @param folder may be absent
     * @throws IOException if it cannot be looked at
     * @throws IllegalArgumentException if it is a folder that is not empty, or something else
     */
    public static void requireEmpty(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException(folder + ": is not a folder");
        }
        try (Stream<Path> files = Files.list(folder)) {
            if (files.findAny().isPresent()) {
                throw new IllegalArgumentException(folder + ": is not empty; give a new folder");
            }
        }
    }

    private static void deleteAll(Path folder) throws IOException {
        List<Path> paths;
        try (Stream<Path> walked = Files.walk(folder)) {
            paths = walked.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : paths) {
            Files.delete(path);
        }
    }

    /**
     * Writes an {@code .npy} array.
     *
     * @param file where to
     * @param images of any number of channels
     * @throws IOException if the file cannot be written
     */
    public static void writeNpy(Path file, ImageSet images) throws IOException {
        String channels = images.channels() == 1 ? "" : ", " + images.channels();
        ByteBuffer header = NpyFormat.header(
                "|u1", "(" + images.count() + ", " + images.height() + ", " + images.width() + channels + ")");
        writeAtomically(file, header, ByteBuffer.wrap(images.bytes()));
    }

    private static void writeAtomically(Path path, ByteBuffer... parts) throws IOException {
        try (AtomicFile file = AtomicFile.create(path)) {
            FileChannel channel = file.channel();
            for (ByteBuffer part : parts) {
                while (part.hasRemaining()) {
                    channel.write(part);
                }
            }
            file.commit();
        }
    }
}
