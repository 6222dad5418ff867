package dev.millrace.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageSetWriterTest {

    private static final ImageSetReader READER = new ImageSetReader(ImageReadOptions.defaults());

    @TempDir
    private Path folder;

    private static ImageSet images(int channels) {
        return ImageSet.of(2, 3, channels, ImageFiles.counting(11 * 2 * 3 * channels));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void foldersReadBackTheSame(int channels) throws IOException {
        ImageSetWriter.writeFolder(folder.resolve("out"), images(channels));

        ImageSet back = READER.read(folder.resolve("out"));

        assertThat(back.bytes()).isEqualTo(images(channels).bytes());
        assertThat(back.size()).isEqualTo(images(channels).size());
        assertThat(back.files().get()).startsWith("01.png").endsWith("11.png");
        assertThat(files()).containsExactly("out");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void arraysReadBackTheSame(int channels) throws IOException {
        ImageSetWriter.writeNpy(folder.resolve("out.npy"), images(channels));

        ImageSet back = READER.read(folder.resolve("out.npy"));

        assertThat(back.bytes()).isEqualTo(images(channels).bytes());
        assertThat(back.size()).isEqualTo(images(channels).size());
        assertThat(files()).containsExactly("out.npy");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void gridsHoldEachImageInItsPlace(int channels) throws IOException {
        ImageSet images = images(channels);
        ImageSetWriter.writeGrid(folder.resolve("grid.png"), images, 4);

        ImageSet grid = READER.read(folder.resolve("grid.png"));

        // 4 × 3 pixels and 3 gaps across; 3 × 2 and 2 gaps down.
        assertThat(grid.size()).isEqualTo("8×15×" + channels);
        byte[] pixels = grid.bytes();
        for (int i = 0; i < images.count(); i++) {
            for (int y = 0; y < 2; y++) {
                for (int x = 0; x < 3; x++) {
                    for (int c = 0; c < channels; c++) {
                        int at = ((i / 4 * 3 + y) * 15 + i % 4 * 4 + x) * channels + c;
                        assertThat(pixels[at]).isEqualTo(images.image(i)[(y * 3 + x) * channels + c]);
                    }
                }
            }
        }
        // Between the images, and where the twelfth would be.
        assertThat(pixels[3 * channels]).isEqualTo((byte) 255);
        assertThat(pixels[pixels.length - 1]).isEqualTo((byte) 255);
    }

    @Test
    void fewerImagesThanColumnsMakeANarrowGrid() throws IOException {
        ImageSetWriter.writeGrid(folder.resolve("grid.png"), ImageSet.of(1, 1, 1, new byte[] {5, 6}), 10);

        assertThat(READER.read(folder.resolve("grid.png")).bytes()).containsExactly(5, (byte) 255, 6);
    }

    @Test
    void nothingIsOverwrittenInAFolder() throws IOException {
        Files.writeString(folder.resolve("mine.txt"), "mine");
        assertThatThrownBy(() -> ImageSetWriter.writeFolder(folder, images(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not empty");
        assertThatThrownBy(() -> ImageSetWriter.writeFolder(folder.resolve("mine.txt"), images(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not a folder");
        assertThat(files()).containsExactly("mine.txt");
    }

    /** Left where a JVM was killed as it wrote, by a version that named it so. */
    @Test
    void leftoversOfACrashAreNotInTheWay() throws IOException {
        Files.writeString(Files.createDirectory(folder.resolve(".out.tmp")).resolve("01.png"), "a part");
        ImageSetWriter.writeFolder(folder.resolve("out"), images(1));
        assertThat(READER.read(folder.resolve("out")).count()).isEqualTo(11);
        assertThat(files()).containsExactly(".out.tmp", "out");
    }

    @Test
    void aFoldersNameMayBeAsLongAsTheFileSystemAllows() throws IOException {
        String name = "n".repeat(255);
        ImageSetWriter.writeFolder(folder.resolve(name), images(1));
        assertThat(files()).containsExactly(name);
    }

    @Test
    void whatAPngCannotHoldIsRefusedAndLeavesNothing() throws IOException {
        assertThatThrownBy(() -> ImageSetWriter.writeGrid(folder.resolve("a.png"), images(2), 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("write an .npy file");
        assertThatThrownBy(() -> ImageSetWriter.writeFolder(folder.resolve("a"), images(2)))
                .isInstanceOf(IllegalArgumentException.class);
        ImageSet large = ImageSet.of(1000, 1000, 1, new byte[300_000_000]);
        assertThatThrownBy(() -> ImageSetWriter.writeGrid(folder.resolve("b.png"), large, 20))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("too many for one picture");
        assertThat(files()).isEmpty();
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
