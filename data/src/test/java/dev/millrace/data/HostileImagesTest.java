package dev.millrace.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Images made to do harm: each is read or refused, in memory that fits its size. */
class HostileImagesTest {

    /** Buffers of the reader and what the JDK's decoders make for themselves. */
    private static final long FEW_MEGABYTES = 8L << 20;

    private static final ImageSetReader READER = new ImageSetReader(ImageReadOptions.defaults());

    @TempDir
    private Path folder;

    private void assertRefused(String name, byte[] bytes, String message) throws IOException {
        Path file = Files.write(folder.resolve(name), bytes);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        assertThatThrownBy(() -> READER.read(file))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(name)
                .hasMessageContaining(message);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(FEW_MEGABYTES);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2147483647,28,28|more than the 2147483639 bytes",
                "2000000,28,28|ends before the 2000000 images",
                "-1,28,28|claims a dimension of 4294967295",
                "0,28,28|claims a dimension of 0",
                "1,65536,65536|more than 1048576 values",
                "1,2147483647,2147483647|more than 1048576 values",
                "1,2147483647,2147483647,4|more than 1048576 values",
                "1,28,28,2147483647|from 1 to 4",
                "60000|is it the file of labels?",
                "5,5|2 dimensions",
                "1,1,1,1,1|5 dimensions"
            })
    void idxHeadersBeyondTheBytes(String sizes, String message) throws IOException {
        int[] numbers =
                Arrays.stream(sizes.split(",")).mapToInt(Integer::parseInt).toArray();
        assertRefused("a", ImageFiles.idx(new byte[1000], numbers), message);
    }

    @Test
    void idxOfOtherTypesAndCutHeaders() throws IOException {
        assertRefused("floats", ImageFiles.idx(0x0D, new byte[100], 1, 5, 5), "IDX type 0xd");
        assertRefused("cut", Arrays.copyOf(ImageFiles.idx(new byte[0], 1, 5, 5), 10), "ends within its header");
        assertRefused("dimensions", new byte[] {0, 0, 8, (byte) 255, 0, 0}, "ends within its header");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "(1000000000000, 28, 28)|more than the",
                "(2000000, 28, 28)|ends before",
                "(1, 3, 32, 32)|transpose",
                "(0, 28, 28)|holds no data",
                "(1, 1000000, 1000000)|more than 1000000"
            })
    void arraysBeyondTheBytes(String shape, String message) throws IOException {
        assertRefused("a.npy", NpyBytes.npy("|u1", false, shape, new byte[1000]), message);
    }

    @Test
    void arraysInFortranOrder() throws IOException {
        assertRefused("a.npy", NpyBytes.npy("|u1", true, "(2, 2, 2)", new byte[8]), "ascontiguousarray");
    }

    @Test
    void batchesThatAreNotCifar() throws IOException {
        assertRefused("a.bin", new byte[3074], "not whole records of 3073 bytes");
        assertRefused("b.bin", new byte[0], "not whole records");
        byte[] labelled = new byte[2 * 3073];
        labelled[3073] = 10;
        assertRefused("c.bin", labelled, "record 2 has the label 10");
    }

    @ParameterizedTest
    @CsvSource({"100000,100000", "2147483647,1", "1,2147483647", "1025,1024"})
    void picturesOfHugeSize(int height, int width) throws IOException {
        byte[] png = ImageFiles.png(height, width, 8, 0, 1, new byte[10], new byte[0]);
        assertRefused("huge.png", png, "more than 1048576; make it smaller");
        byte[] zip = NpyBytes.npz(true, Map.of("x/huge.png", png));
        assertRefused("huge.zip", zip, "huge.zip[x/huge.png]");
    }

    @Test
    void aPictureOfTooManyValues() throws IOException {
        assertRefused("wide.png", ImageFiles.png(1000, 1000, 8, 2, 3000, new byte[0], new byte[0]), "damaged");
        Path file = Files.write(folder.resolve("whole.png"), ImageFiles.png(700, 700, 3, new byte[700 * 700 * 3]));
        assertThatThrownBy(() -> READER.read(file)).hasMessageContaining("whole.png: is of 700×700×3, more than");
    }

    /** Compressed text of 200 MB beside a picture of one pixel. */
    @Test
    void metadataThatUnfolds() throws IOException {
        byte[] valid = ImageFiles.png(1, 1, 1, new byte[] {5});
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        text.writeBytes(new byte[] {'a', 0, 0});
        text.writeBytes(ImageFiles.deflated(new byte[200 << 20]));
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        png.write(valid, 0, 33);
        ImageFiles.chunk(png, "zTXt", text.toByteArray());
        png.write(valid, 33, valid.length - 33);
        Path file = Files.write(folder.resolve("text.png"), png.toByteArray());

        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        assertThat(READER.read(file).bytes()).containsExactly(5);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(FEW_MEGABYTES);
    }

    /** Zeros that unfold from some hundred kilobytes to more than a picture's file may have. */
    @Test
    void aZipBomb() throws IOException {
        Path file = folder.resolve("bomb.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("a.png"));
            byte[] piece = new byte[1 << 20];
            for (int i = 0; i < 65; i++) {
                zip.write(piece);
            }
        }
        assertThatThrownBy(() -> READER.read(file))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("bomb.zip[a.png]: is larger than 64 MB");
    }

    /** Zeros after the end of a picture, which decoders pass over. */
    @Test
    void aSinglePictureOfTooManyBytes() throws IOException {
        byte[] png = ImageFiles.png(1, 1, 1, new byte[] {5});
        Path file = Files.write(folder.resolve("long.png"), Arrays.copyOf(png, (64 << 20) + 1));
        assertThatThrownBy(() -> READER.read(file))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("long.png: is larger than 64 MB");
        Files.write(file, Arrays.copyOf(png, 64 << 20));
        assertThat(READER.read(file).bytes()).containsExactly(5);
    }

    /** Other formats that the JDK can decode are none of ours, whatever the names of the files say. */
    @ParameterizedTest
    @ValueSource(strings = {"gif", "bmp", "tiff", "wbmp"})
    void otherFormatsUnderOurNames(String format) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_BINARY);
        assertThat(ImageIO.write(image, format, bytes)).isTrue();
        Path set = Files.createDirectory(folder.resolve("set"));
        for (String name : List.of("a.png", "a.jpg")) {
            Path file = Files.write(set.resolve(name), bytes.toByteArray());
            assertThatThrownBy(() -> READER.read(set))
                    .isInstanceOf(DataException.class)
                    .hasMessage(file + ": is not a PNG or JPEG image, whatever its name says");
            Files.delete(file);
        }
    }

    /** A first picture of a megabyte, and nothing where as many as 1800 more are promised. */
    @Test
    void promisesOfManyPictures() throws IOException {
        Path file = folder.resolve("promises.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("0000.png"));
            zip.write(ImageFiles.png(1024, 1024, 1, new byte[1 << 20]));
            for (int i = 1; i <= 1800; i++) {
                zip.putNextEntry(new ZipEntry(String.format("%04d.png", i)));
            }
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        assertThatThrownBy(() -> READER.read(file))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("promises.zip[0001.png]: is not a PNG or JPEG");
        // Room for the few that are decoded at once, and twice that; some copies of the first.
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(64L << 20);
    }

    @Test
    void moreThanOneArrayCanHold() throws IOException {
        byte[] png = ImageFiles.png(1024, 1024, 1, new byte[1 << 20]);
        Path file = folder.resolve("many.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (int i = 0; i < 2048; i++) {
                zip.putNextEntry(new ZipEntry(i + ".png"));
                zip.write(png);
            }
        }
        assertThatThrownBy(() -> READER.read(file))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("many.zip: 2048 images of 1024×1024×1 are too large");
    }

    @Test
    void foldersAndArchivesWithoutImages() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertThatThrownBy(() -> READER.read(empty))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("empty: holds no .png, .jpg or .jpeg file");
        assertRefused("texts.zip", NpyBytes.npz(true, Map.of("a.txt", new byte[1])), "without NumPy arrays");
    }

    @Test
    void namesCannotSendTerminalCodes() throws IOException {
        Path file = Files.write(
                folder.resolve("names.zip"), NpyBytes.npz(true, Map.of("\u001b]0;x\u0007\n.png", new byte[] {1})));
        assertThatThrownBy(() -> READER.read(file))
                .isInstanceOf(DataException.class)
                .satisfies(e -> assertThat(e.getMessage().chars()).noneMatch(Character::isISOControl));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.png", "a.jpg", "a.zip", "a-idx3-ubyte.gz", "a.npy"})
    void damagedFilesAreReadOrRefused(String name) throws IOException {
        byte[] valid = valid(name);
        Path file = folder.resolve(name);
        Random random = new Random(name.hashCode());
        int refused = 0;
        for (int i = 0; i < 400; i++) {
            Files.write(file, damaged(valid, random));
            try {
                READER.read(file);
            } catch (DataException e) {
                refused++;
                assertThat(e.getMessage()).contains(name).doesNotContain("\n", "\u001b");
            }
        }
        assertThat(refused).isGreaterThan(50);
    }

    private static byte[] valid(String name) {
        byte[] values = ImageFiles.counting(20 * 20);
        byte[] png = ImageFiles.png(20, 20, 1, values);
        return switch (name) {
            case "a.png" -> png;
            case "a.jpg" -> ImageFiles.jpeg(20, 20, 99);
            case "a.zip" -> NpyBytes.npz(true, Map.of("x/1.png", png, "y/2.png", png));
            case "a.npy" -> NpyBytes.npy("|u1", false, "(1, 20, 20)", values);
            default -> NpyBytes.gzip(ImageFiles.idx(values, 1, 20, 20));
        };
    }

    private static byte[] damaged(byte[] valid, Random random) {
        byte[] bytes = valid.clone();
        switch (random.nextInt(3)) {
            case 0 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
            case 1 -> {
                for (int i = random.nextInt(8); i >= 0; i--) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
                }
            }
            default -> ByteBuffer.wrap(bytes).putInt(random.nextInt(bytes.length - 3), random.nextInt());
        }
        return bytes;
    }
}
