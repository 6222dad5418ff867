package dev.millrace.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableWriterTest {

    private static final WriteOptions DEFAULTS = WriteOptions.defaults();

    @TempDir
    private Path folder;

    private List<String> filesLeft() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static String written(List<String> columns, WriteOptions options, Writing writing) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (TableWriter writer = TableWriter.open(out, columns, options)) {
            writing.write(writer);
            writer.commit();
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private interface Writing {
        void write(TableWriter writer) throws IOException;
    }

    @ParameterizedTest
    @ValueSource(strings = {"t.csv", "t.tsv", "t.csv.gz", "t.tsv.gz", "T.CSV", "t.npy"})
    void whatIsWrittenReadsBackToTheBit(String name) throws IOException {
        Random random = new Random(3);
        double[] values = new double[30_000];
        for (int i = 0; i < values.length; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            values[i] = i % 3 == 0 ? random.nextInt(100) : Double.isFinite(value) ? value : -0.0;
        }
        boolean named = !name.endsWith("npy");
        Table table = Table.of(named ? List.of("a", "b, \"c\"", "ü") : List.of("x1", "x2", "x3"), values);
        TableWriter.write(folder.resolve(name), table, DEFAULTS.withWholeColumns(Set.of("a")));
        Table read = new TableReader(ReadOptions.defaults())
                .read(folder.resolve(name))
                .table();
        assertThat(Fingerprint.of(read)).isEqualTo(Fingerprint.of(table));
        assertThat(filesLeft()).containsExactly(name);
    }

    @Test
    void writesCommasHeadersAndLineFeeds() throws IOException {
        String text = written(List.of("a", "b,c"), DEFAULTS, writer -> {
            writer.writeRow(new double[] {1, -0.5});
            writer.writeRow(new double[] {9, 1e-7, 1e21, 9}, 1);
            writer.writeRow(new double[] {Double.NaN, Double.NEGATIVE_INFINITY});
        });
        assertThat(text).isEqualTo("a,\"b,c\"\n1.0,-0.5\n1.0E-7,1.0E21\n,-inf\n");
    }

    @Test
    void writesWholeNumbersAsSuchWhereAsked() throws IOException {
        String text = written(List.of("a", "b"), DEFAULTS.withWholeColumns(Set.of("a", "z")), writer -> {
            writer.writeRow(new double[] {3, 3});
            writer.writeRow(new double[] {-0.0, -0.0});
            writer.writeRow(new double[] {3.5, 3.5});
            writer.writeRow(new double[] {0x1p53, 1});
            writer.writeRow(new double[] {1e20, 1});
        });
        assertThat(text).isEqualTo("a,b\n3,3.0\n0,-0.0\n3.5,3.5\n9007199254740992,1.0\n1.0E20,1.0\n");
    }

    @Test
    void leavesTheHeaderOutWhereAsked() throws IOException {
        assertThat(written(List.of("a"), DEFAULTS.withHeader(false), w -> w.writeRow(new double[] {1})))
                .isEqualTo("1.0\n");
    }

    @Test
    void appendsNumbersToTheTextOfARow() throws IOException {
        String text = written(List.of("id", "note", "score"), DEFAULTS, writer -> {
            writer.appendRow(List.of("007", "a \"b\", c"), -1.5);
            writer.appendRow(List.of(" ", ""), Double.NaN);
            writer.appendRow(List.of("#", "two\nlines"), 2);
        });
        assertThat(text).isEqualTo("id,note,score\n007,\"a \"\"b\"\", c\",-1.5\n ,,\n\"#\",\"two\nlines\",2.0\n");
    }

    @Test
    void anEmptyCellAloneInItsRowIsNoBlankLine() throws IOException {
        assertThat(written(List.of("a"), DEFAULTS, w -> w.writeRow(new double[] {Double.NaN})))
                .isEqualTo("a\n\"\"\n");
    }

    @Test
    void writesTheNpyFormatAsDescribed() throws IOException {
        Path file = folder.resolve("t.npy");
        TableWriter.write(file, Table.of(List.of("a", "b"), new double[] {1, 2, 3, 4, 5, 6}), DEFAULTS);
        byte[] expected =
                NpyBytes.npy("<f8", false, "(3, 2)", NpyBytes.doubles(ByteOrder.LITTLE_ENDIAN, 1, 2, 3, 4, 5, 6));
        assertThat(Files.readAllBytes(file)).isEqualTo(expected);
    }

    @Test
    void gzipIsGzip() throws IOException {
        Path file = folder.resolve("t.csv.gz");
        TableWriter.write(file, Table.of(List.of("a"), new double[] {1}), DEFAULTS);
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("a\n1.0\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"t.csv", "t.csv.gz", "t.npy"})
    void nothingAppearsBeforeItIsWhole(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(file, "before");
        try (TableWriter writer = TableWriter.open(file, List.of("a"), DEFAULTS)) {
            writer.writeRow(new double[] {1});
            assertThat(Files.readString(file)).isEqualTo("before");
        }
        assertThat(Files.readString(file)).isEqualTo("before");
        assertThat(filesLeft()).containsExactly(name);
        try (TableWriter writer = TableWriter.open(file, List.of("a"), DEFAULTS)) {
            writer.writeRow(new double[] {1});
            writer.commit();
            assertThatThrownBy(() -> writer.writeRow(new double[] {2})).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(writer::commit).isInstanceOf(IllegalStateException.class);
        }
        assertThat(new TableReader(ReadOptions.defaults()).read(file).table().values())
                .containsExactly(1);
        assertThat(filesLeft()).containsExactly(name);
    }

    @Test
    void aFileMayBeRewrittenWhileItIsRead() throws IOException {
        Path file = folder.resolve("t.csv");
        Files.writeString(file, "a\n1\n2\n");
        try (TableWriter writer = TableWriter.open(file, List.of("a", "b"), DEFAULTS)) {
            new TableReader(ReadOptions.defaults())
                    .stream(new DataSource.File(file), (line, cells, values) -> writer.appendRow(cells, -values[0]));
            writer.commit();
        }
        assertThat(Files.readString(file)).isEqualTo("a,b\n1,-1.0\n2,-2.0\n");
    }

    @Test
    void writesThroughLinks() throws IOException {
        Path real = folder.resolve("real.csv");
        Files.writeString(real, "before");
        Files.createSymbolicLink(folder.resolve("link.csv"), real);
        TableWriter.write(folder.resolve("link.csv"), Table.of(List.of("a"), new double[] {1}), DEFAULTS);
        assertThat(Files.readString(real)).isEqualTo("a\n1.0\n");
        assertThat(folder.resolve("link.csv")).isSymbolicLink();
        assertThat(filesLeft()).containsExactly("link.csv", "real.csv");
    }

    /** File systems commonly allow 255 bytes; whatever the writer calls the file meanwhile must fit too. */
    @ParameterizedTest
    @ValueSource(ints = {200, 251, 255})
    void aNameMayBeAsLongAsTheFileSystemAllows(int length) throws IOException {
        String name = "n".repeat(length - 4) + ".csv";
        TableWriter.write(folder.resolve(name), Table.of(List.of("a"), new double[] {1}), DEFAULTS);
        assertThat(filesLeft()).containsExactly(name);
    }

    @Test
    void aFailureIsNotWrittenOver() throws IOException {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("disk full");
            }
        };
        try (TableWriter writer = TableWriter.open(full, List.of("a"), DEFAULTS)) {
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 1_000_000; i++) {
                            writer.writeRow(new double[] {i});
                        }
                    })
                    .isInstanceOf(IOException.class)
                    .hasMessage("disk full");
            assertThatThrownBy(writer::commit)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("writing has failed before");
        }
    }

    @Test
    void aStreamIsFlushedButNotClosed() throws IOException {
        boolean[] closed = new boolean[1];
        ByteArrayOutputStream out = new ByteArrayOutputStream() {
            @Override
            public void close() {
                closed[0] = true;
            }
        };
        try (TableWriter writer = TableWriter.open(out, List.of("a"), DEFAULTS)) {
            writer.writeRow(new double[] {1});
            writer.commit();
        }
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("a\n1.0\n");
        assertThat(closed[0]).isFalse();
    }

    @Test
    void refusesWhatDoesNotFit() throws IOException {
        for (String name : List.of("t", "t.txt", "t.npy.gz", "t.npz", "t.gz")) {
            assertThatThrownBy(() -> TableWriter.open(folder.resolve(name), List.of("a"), DEFAULTS))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("let it end in .csv");
        }
        assertThatThrownBy(() -> TableWriter.open(folder.resolve("t.csv"), List.of(), DEFAULTS))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TableWriter.open(folder.resolve("no/t.csv"), List.of("a"), DEFAULTS))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessage(folder.resolve("no").toString());
        try (TableWriter writer = TableWriter.open(folder.resolve("t.csv"), List.of("a", "b"), DEFAULTS)) {
            assertThatThrownBy(() -> writer.writeRow(new double[1])).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> writer.writeRow(new double[3], 2)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> writer.appendRow(List.of("1"))).isInstanceOf(IllegalArgumentException.class);
            writer.writeRow(new double[2]);
            writer.commit();
        }
        try (TableWriter writer = TableWriter.open(folder.resolve("t.npy"), List.of("a", "b"), DEFAULTS)) {
            assertThatThrownBy(() -> writer.appendRow(List.of("1"), 2))
                    .isInstanceOf(UnsupportedOperationException.class);
        }
        assertThat(filesLeft()).containsExactly("t.csv");
    }
}
