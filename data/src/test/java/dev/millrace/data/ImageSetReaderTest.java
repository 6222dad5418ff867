package dev.millrace.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageSetReaderTest {

    private static final ImageSetReader READER = new ImageSetReader(ImageReadOptions.defaults());

    @TempDir
    private Path temporary;

    private Path folder;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createDirectory(temporary.resolve("set"));
    }

    private Path write(String name, byte[] bytes) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, bytes);
    }

    private ImageSet read(String name, byte[] bytes) throws IOException {
        return READER.read(write(name, bytes));
    }

    private static void assertIs(ImageSet images, int count, String size, byte[] bytes) {
        assertThat(images.count()).isEqualTo(count);
        assertThat(images.size()).isEqualTo(size);
        assertThat(images.bytes()).isEqualTo(bytes);
    }

    @Test
    void idxOfThreeAndFourDimensionsPlainAndGzip() throws IOException {
        byte[] bytes = ImageFiles.counting(2 * 3 * 4);

        assertIs(read("a", ImageFiles.idx(bytes, 2, 3, 4)), 2, "3×4×1", bytes);
        assertIs(read("a.gz", NpyBytes.gzip(ImageFiles.idx(bytes, 2, 3, 4))), 2, "3×4×1", bytes);
        assertIs(read("b", ImageFiles.idx(bytes, 1, 2, 4, 3)), 1, "2×4×3", bytes);
    }

    @Test
    void idxLabelsLieBesideOrAreNamed() throws IOException {
        byte[] images = ImageFiles.idx(ImageFiles.counting(8), 2, 2, 2);
        write("t10k-labels-idx1-ubyte.gz", NpyBytes.gzip(ImageFiles.idx(new byte[] {7, (byte) 200}, 2)));
        Path other = write("other", ImageFiles.idx(new byte[] {1, 2}, 2));

        assertThat(read("t10k-images-idx3-ubyte.gz", NpyBytes.gzip(images)).labels())
                .contains(List.of("7", "200"));
        assertThat(read("train-images-idx3-ubyte", images).labels()).isEmpty();
        ImageReadOptions named = new ImageReadOptions(Optional.empty(), Optional.of(other));
        assertThat(new ImageSetReader(named)
                        .read(folder.resolve("t10k-images-idx3-ubyte.gz"))
                        .labels())
                .contains(List.of("1", "2"));
    }

    @Test
    void asManyLabelsAsImages() throws IOException {
        write("a-labels-idx1-ubyte", ImageFiles.idx(new byte[] {1, 2, 3}, 3));

        assertThatThrownBy(() -> read("a-images-idx3-ubyte", ImageFiles.idx(ImageFiles.counting(8), 2, 2, 2)))
                .isInstanceOf(DataException.class)
                .hasMessageContainingAll("a-labels-idx1-ubyte: holds 3 labels for the 2 images of ", "a-images-idx3");
    }

    @Test
    void arraysOfNumPy() throws IOException {
        byte[] bytes = ImageFiles.counting(24);
        byte[] gray = NpyBytes.npy("|u1", false, "(2, 3, 4)", bytes);
        byte[] colour = NpyBytes.npy("|u1", false, "(2, 2, 2, 3)", bytes);

        assertIs(read("a.npy", gray), 2, "3×4×1", bytes);
        assertIs(read("b.npy", colour), 2, "2×2×3", bytes);
        assertIs(read("c.npz", NpyBytes.npz(true, Map.of("x.npy", colour))), 2, "2×2×3", bytes);
        write("d.npz", NpyBytes.npz(true, Map.of("x.npy", colour, "y.npy", gray)));
        ImageReadOptions second = new ImageReadOptions(Optional.of("y"), Optional.empty());
        assertIs(new ImageSetReader(second).read(folder.resolve("d.npz")), 2, "3×4×1", bytes);
        assertThatThrownBy(() -> READER.read(folder.resolve("d.npz"))).hasMessageContaining("choose one with --array");
    }

    @Test
    void batchesOfCifarAreTurnedFromPlanesToPixels() throws IOException {
        byte[] batch = new byte[2 * 3073];
        batch[0] = 3;
        batch[1 + 33] = 10;
        batch[1 + 1024 + 33] = 20;
        batch[1 + 2048 + 33] = 30;
        batch[3073] = 9;

        ImageSet images = read("data_batch_1.bin", batch);

        assertThat(images.size()).isEqualTo("32×32×3");
        assertThat(images.labels()).contains(List.of("3", "9"));
        // The second pixel of the second line.
        assertThat(Arrays.copyOfRange(images.image(0), 99, 102)).containsExactly(10, 20, 30);
    }

    @Test
    void foldersInTheOrderOfNamesWithTheFolderAsTheLabel() throws IOException {
        write("b/2.png", ImageFiles.png(1, 2, 1, new byte[] {3, 4}));
        write("b/10.png", ImageFiles.png(1, 2, 1, new byte[] {5, 6}));
        write("a/x/z.PNG", ImageFiles.png(1, 2, 1, new byte[] {1, 2}));
        write("b/notes.txt", new byte[] {1});
        write("b/._2.png", new byte[] {1});

        ImageSet images = READER.read(folder);

        assertIs(images, 3, "1×2×1", new byte[] {1, 2, 5, 6, 3, 4});
        assertThat(images.labels()).contains(List.of("a/x", "b", "b"));
        assertThat(images.files()).contains(List.of("a/x/z.PNG", "b/10.png", "b/2.png"));
    }

    @Test
    void zipArchivesWithAFolderThatAllShare() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("train/dog/1.png", ImageFiles.png(1, 1, 3, new byte[] {4, 5, 6}));
        entries.put("train/cat/1.png", ImageFiles.png(1, 1, 3, new byte[] {1, 2, (byte) 255}));
        entries.put("__MACOSX/train/cat/1.png", new byte[] {0});
        entries.put("train/", new byte[0]);

        ImageSet images = read("pictures.zip", NpyBytes.npz(true, entries));

        assertIs(images, 2, "1×1×3", new byte[] {1, 2, (byte) 255, 4, 5, 6});
        assertThat(images.labels()).contains(List.of("cat", "dog"));
    }

    /** An option that is given in vain is a misunderstanding. */
    @Test
    void namesOfArraysAndLabelsWhereThereAreNone() throws IOException {
        write("a/1.png", ImageFiles.png(1, 1, 1, new byte[] {1}));
        write("b.npy", NpyBytes.npy("|u1", false, "(2, 1, 1)", new byte[2]));
        Path labels = folder.resolve("labels");
        Files.write(labels, ImageFiles.idx(new byte[] {1}, 1));
        ImageSetReader named = new ImageSetReader(new ImageReadOptions(Optional.of("x"), Optional.empty()));
        ImageSetReader labelled = new ImageSetReader(new ImageReadOptions(Optional.empty(), Optional.of(labels)));

        assertThatThrownBy(() -> named.read(folder.resolve("a"))).hasMessageContaining("leave --array out");
        assertThatThrownBy(() -> named.read(folder.resolve("b.npy"))).hasMessageContaining("leave --array out");
        assertThatThrownBy(() -> labelled.read(folder.resolve("a"))).hasMessageContaining("leave --labels out");
        assertThatThrownBy(() -> labelled.read(folder.resolve("a/1.png"))).hasMessageContaining("leave --labels out");
    }

    @Test
    void noLabelsWhereAllLieInOneFolder() throws IOException {
        write("all/1.jpg", ImageFiles.jpeg(8, 8, 100));
        write("all/2.jpeg", ImageFiles.jpeg(8, 8, 30));

        ImageSet images = READER.read(folder);

        assertThat(images.labels()).isEmpty();
        assertThat(images.image(0)).containsOnly(100);
        assertThat(images.image(1)).containsOnly(30);
    }

    @Test
    void thousandsOfFilesKeepTheirPlaces() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        byte[] expected = new byte[5000 * 2];
        for (int i = 0; i < 5000; i++) {
            byte[] values = {(byte) i, (byte) (i >> 8)};
            System.arraycopy(values, 0, expected, 2 * i, 2);
            entries.put(String.format("%04d.png", i), ImageFiles.png(1, 2, 1, values));
        }

        assertIs(read("many.zip", NpyBytes.npz(false, entries)), 5000, "1×2×1", expected);
    }

    /** So many bytes that room for all is made little by little. */
    @Test
    void largeImagesKeepTheirPlaces() throws IOException {
        int entries = 1 << 20;
        byte[] expected = new byte[41 * entries];
        for (int i = 0; i < 41; i++) {
            byte[] values = ImageFiles.counting(entries);
            values[0] = (byte) i;
            System.arraycopy(values, 0, expected, i * entries, entries);
            write(String.format("%02d.png", i), ImageFiles.png(1024, 1024, 1, values));
        }

        assertIs(READER.read(folder), 41, "1024×1024×1", expected);
    }

    @Test
    void linksWithinAFolderAreNotFollowed() throws IOException {
        Path elsewhere = Files.createDirectory(temporary.resolve("elsewhere"));
        Path other = Files.write(elsewhere.resolve("other.png"), ImageFiles.png(1, 1, 1, new byte[] {9}));
        Files.createSymbolicLink(folder.resolve("link.png"), other);
        Files.createSymbolicLink(folder.resolve("links"), elsewhere);
        write("mine.png", ImageFiles.png(1, 1, 1, new byte[] {5}));

        ImageSet images = READER.read(folder);

        assertIs(images, 1, "1×1×1", new byte[] {5});
        assertThat(images.files()).contains(List.of("mine.png"));
    }

    @Test
    void aFolderMayBeNamedByALink() throws IOException {
        write("a/mine.png", ImageFiles.png(1, 1, 1, new byte[] {5}));
        Path link = Files.createSymbolicLink(temporary.resolve("link"), folder);

        ImageSet images = READER.read(link);

        assertIs(images, 1, "1×1×1", new byte[] {5});
        assertThat(images.files()).contains(List.of("a/mine.png"));
    }

    @Test
    void aSingleImage() throws IOException {
        ImageSet image = read("one.png", ImageFiles.png(2, 1, 3, new byte[] {1, 2, 3, 4, 5, 6}));

        assertIs(image, 1, "2×1×3", new byte[] {1, 2, 3, 4, 5, 6});
        assertThat(image.files()).contains(List.of("one.png"));
    }

    @Test
    void palettesAndFewerBitsBecomeBytes() throws IOException {
        byte[] colours = {10, 20, 30, 40, 50, 60};
        byte[] grays = {0, 0, 0, 77, 77, 77};
        byte[] indices = {(byte) 0b01000000};

        assertIs(read("colour.png", ImageFiles.png(1, 2, 1, 3, 1, indices, colours)), 1, "1×2×3", new byte[] {
            10, 20, 30, 40, 50, 60
        });
        assertIs(read("gray.png", ImageFiles.png(1, 2, 1, 3, 1, indices, grays)), 1, "1×2×1", new byte[] {0, 77});
        // Four bits: 0 to 15 become 0 to 255.
        assertIs(
                read("four.png", ImageFiles.png(1, 2, 4, 0, 1, new byte[] {(byte) 0xF1}, new byte[0])),
                1,
                "1×2×1",
                new byte[] {(byte) 255, 17});
    }

    @Test
    void grayIsReadAsItStands() throws IOException {
        // A conversion to sRGB would change these.
        byte[] values = ImageFiles.counting(256);

        assertIs(read("gray.png", ImageFiles.png(16, 16, 1, values)), 1, "16×16×1", values);
    }

    @Test
    void alphaIsLeftOutWhereNothingIsTransparent() throws IOException {
        byte opaque = (byte) 255;

        assertIs(read("a.png", ImageFiles.png(1, 1, 2, new byte[] {9, opaque})), 1, "1×1×1", new byte[] {9});
        assertIs(
                read("b.png", ImageFiles.png(1, 1, 4, new byte[] {1, 2, 3, opaque})), 1, "1×1×3", new byte[] {1, 2, 3});
        assertThatThrownBy(() -> read("c.png", ImageFiles.png(1, 1, 4, new byte[] {1, 2, 3, 4})))
                .isInstanceOf(DataException.class)
                .hasMessageContainingAll("c.png: has transparent pixels", "without alpha");
    }

    @Test
    void sixteenBitsAreRefused() {
        assertThatThrownBy(() -> read("a.png", ImageFiles.png(1, 1, 16, 0, 2, new byte[] {1, 2}, new byte[0])))
                .isInstanceOf(DataException.class)
                .hasMessageContainingAll("a.png: has 16 bits a value", "8 bits");
    }

    @Test
    void differencesNameBothFiles() throws IOException {
        write("1.png", ImageFiles.png(1, 2, 1, new byte[] {1, 2}));
        write("2.png", ImageFiles.png(2, 1, 1, new byte[] {1, 2}));
        assertThatThrownBy(() -> READER.read(folder))
                .isInstanceOf(DataException.class)
                .hasMessageContainingAll("2.png: is of 2×1×1, where ", "1.png is of 1×2×1", "one size");

        write("2.png", ImageFiles.png(1, 2, 3, new byte[] {1, 2, 3, 4, 5, 6}));
        assertThatThrownBy(() -> READER.read(folder))
                .hasMessageContainingAll("2.png: is coloured, where ", "1.png is gray", "images gray, or all coloured");
    }

    @Test
    void theFirstFaultByNameIsTold() throws IOException {
        for (int i = 0; i < 50; i++) {
            byte[] damaged = {(byte) 0x89, 'P', 'N', 'G'};
            write(String.format("%02d.png", i), i < 10 ? ImageFiles.png(1, 1, 1, new byte[] {1}) : damaged);
        }
        for (int again = 0; again < 5; again++) {
            assertThatThrownBy(() -> READER.read(folder))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("10.png: ");
        }
    }

    @Test
    void entriesOfArchivesAreNamed() {
        assertThatThrownBy(() -> read("p.zip", NpyBytes.npz(true, Map.of("a/x.png", new byte[] {1, 2, 3}))))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("p.zip[a/x.png]: is not a PNG or JPEG");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text.csv", "table.npy", "floats.npy", "table.npz"})
    void tablesAreNotTakenForImages(String name) throws IOException {
        byte[] floats = NpyBytes.npy("<f8", false, "(1, 1, 1)", new byte[8]);
        byte[] table = NpyBytes.npy("|u1", false, "(2, 2)", new byte[4]);
        byte[] bytes =
                switch (name) {
                    case "text.csv" -> "a,b\n1,2\n".getBytes();
                    case "table.npy" -> table;
                    case "floats.npy" -> floats;
                    default -> NpyBytes.npz(true, Map.of("x.npy", table));
                };
        Path file = write(name, bytes);

        assertThat(READER.recognises(new DataSource.File(file))).isFalse();
        assertThatThrownBy(() -> READER.read(file))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(name);
        new TableReader(ReadOptions.defaults()).read(file);
    }

    @Test
    void imagesAreRecognisedAndNotReadAsATable() throws IOException {
        byte[] npy = NpyBytes.npy("|u1", false, "(2, 2, 2)", new byte[8]);
        byte[] png = ImageFiles.png(1, 1, 1, new byte[] {1});
        List<Path> files = List.of(
                write("a-idx3-ubyte.gz", NpyBytes.gzip(ImageFiles.idx(new byte[8], 2, 2, 2))),
                write("b.png", png),
                write("c.jpg", ImageFiles.jpeg(8, 8, 1)),
                write("d.bin", new byte[3073]),
                write("e.zip", NpyBytes.npz(true, Map.of("b.png", png))));
        for (Path file : files) {
            assertThat(READER.recognises(new DataSource.File(file)))
                    .as("%s", file)
                    .isTrue();
            assertThatThrownBy(() -> new TableReader(ReadOptions.defaults()).read(file))
                    .isInstanceOf(DataException.class);
        }
        assertThat(READER.recognises(new DataSource.File(folder))).isTrue();
        assertThat(READER.recognises(new DataSource.File(write("f.npy", npy)))).isTrue();
        assertThat(READER.recognises(new DataSource.File(write("g.npz", NpyBytes.npz(true, Map.of("x.npy", npy))))))
                .isTrue();
        assertThat(READER.recognises(new DataSource.Stream(new ByteArrayInputStream(npy), "stream")))
                .isFalse();
    }

    @Test
    void setsAreJoinedAndChosenFrom() {
        ImageSet first = ImageSet.of(1, 1, 1, new byte[] {1, 2}).withLabels(List.of("a", "b"));
        ImageSet second = ImageSet.of(1, 1, 1, new byte[] {3}).withLabels(List.of("c"));

        ImageSet joined = ImageSet.concat(List.of(first, second), List.of("one", "two"));

        assertIs(joined, 3, "1×1×1", new byte[] {1, 2, 3});
        assertThat(joined.labels()).contains(List.of("a", "b", "c"));
        ImageSet chosen = joined.select(new int[] {2, 0});
        assertIs(chosen, 2, "1×1×1", new byte[] {3, 1});
        assertThat(chosen.labels()).contains(List.of("c", "a"));
        assertThatThrownBy(() -> ImageSet.concat(
                        List.of(first, ImageSet.of(1, 2, 1, new byte[2])), List.of("one.npy", "two.npy")))
                .isInstanceOf(DataException.class)
                .hasMessage("two.npy: its images are of 1×2×1, those of one.npy of 1×1×1");
    }

    @Test
    void fingerprintsTellSizesAndValuesApart() {
        String one = Fingerprint.of(ImageSet.of(1, 2, 1, new byte[] {1, 2}));

        assertThat(one).matches("[0-9a-f]{16}");
        assertThat(Fingerprint.of(ImageSet.of(1, 2, 1, new byte[] {1, 2}).withLabels(Collections.nCopies(1, "a"))))
                .isEqualTo(one);
        assertThat(Fingerprint.of(ImageSet.of(2, 1, 1, new byte[] {1, 2}))).isNotEqualTo(one);
        assertThat(Fingerprint.of(ImageSet.of(1, 2, 1, new byte[] {1, 3}))).isNotEqualTo(one);
    }
}
