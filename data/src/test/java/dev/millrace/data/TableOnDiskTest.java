package dev.millrace.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables that are larger than the memory they may take. */
class TableOnDiskTest {

    private static final ReadOptions IN_MEMORY = ReadOptions.defaults();
    private static final ReadOptions ON_DISK = IN_MEMORY.withMemory(0);
    private static final ByteOrder LITTLE = ByteOrder.LITTLE_ENDIAN;

    @TempDir
    private Path folder;

    private Path csv;
    private Path cache;

    private Path text(String name, String content) throws IOException {
        csv = folder.resolve(name);
        cache = folder.resolve(name + ".millrace-rows");
        Files.writeString(csv, content);
        return csv;
    }

    private static String numbers(int rows, long seed) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder("a,b,\"c, d\"\n");
        for (int i = 0; i < rows; i++) {
            text.append(random.nextGaussian())
                    .append(',')
                    .append(random.nextInt())
                    .append(",-0\n");
        }
        return text.toString();
    }

    private static ReadResult read(Path file, ReadOptions options) throws IOException {
        return new TableReader(options).read(file);
    }

    /** As a stream it has no copy that could be found. */
    private static ReadResult readInMemory(Path file, ReadOptions options) throws IOException {
        return new TableReader(options.withMemory(Long.MAX_VALUE))
                .read(new DataSource.Stream(Files.newInputStream(file), file.toString()));
    }

    private void assertSame(ReadResult found, ReadResult expected) {
        assertThat(found.table().columns()).isEqualTo(expected.table().columns());
        assertThat(bits(found.table())).isEqualTo(bits(expected.table()));
        assertThat(found.droppedRows()).isEqualTo(expected.droppedRows());
        assertThat(found.source()).isEqualTo(expected.source());
    }

    private static long[] bits(Table table) {
        return Arrays.stream(table.values())
                .mapToLong(Double::doubleToRawLongBits)
                .toArray();
    }

    private List<String> files() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void textIsCopiedOnceAndFoundAgain() throws IOException {
        text("t.csv", numbers(20_000, 1));
        ReadResult expected = read(csv, IN_MEMORY);
        assertThat(expected.onDisk()).isEmpty();
        assertThat(files()).containsExactly("t.csv");

        ReadResult first = read(csv, ON_DISK);
        assertSame(first, expected);
        assertThat(first.onDisk()).hasValue("written to " + cache + ", and read from there as they are needed");
        assertThat(files()).containsExactly("t.csv", "t.csv.millrace-rows");

        FileTime written = FileTime.fromMillis(1_000_000);
        Files.setLastModifiedTime(cache, written);
        ReadResult again = read(csv, ON_DISK);
        assertSame(again, expected);
        assertThat(again.onDisk()).hasValue("found in " + cache + ", and read from there as they are needed");
        assertThat(Files.getLastModifiedTime(cache)).isEqualTo(written);
    }

    /** The rows gathered by then go to disk first, whole pieces and a part of one. */
    @ParameterizedTest
    @ValueSource(ints = {1, 100, 21_845, 21_846, 50_000, 69_999})
    void memoryIsUsedUpToItsLimit(int rowsInMemory) throws IOException {
        text("t.csv", numbers(70_000, 2));
        ReadResult result = read(csv, IN_MEMORY.withMemory(rowsInMemory * 3 * 8L));
        assertThat(result.onDisk()).isPresent();
        assertSame(result, readInMemory(csv, IN_MEMORY));
    }

    @Test
    void aTableThatJustFitsStaysInMemory() throws IOException {
        text("t.csv", numbers(1000, 2));
        assertThat(read(csv, IN_MEMORY.withMemory(1000 * 3 * 8)).onDisk()).isEmpty();
        assertThat(read(csv, IN_MEMORY.withMemory(1000 * 3 * 8 - 1)).onDisk()).isPresent();
    }

    @Test
    void aChangedFileIsReadAnew() throws IOException {
        text("t.csv", numbers(100, 1));
        read(csv, ON_DISK);
        FileTime time = Files.getLastModifiedTime(csv);

        text("t.csv", numbers(101, 1));
        Files.setLastModifiedTime(csv, time);
        ReadResult longer = read(csv, ON_DISK);
        assertThat(longer.onDisk().get()).startsWith("written");
        assertThat(longer.table().rows()).isEqualTo(101);

        Files.writeString(csv, Files.readString(csv).replace("-0\n", "-7\n"));
        Files.setLastModifiedTime(csv, FileTime.fromMillis(time.toMillis() + 1000));
        assertThat(read(csv, ON_DISK).table().get(0, 2)).isEqualTo(-7);
    }

    @Test
    void otherSettingsReadAnew() throws IOException {
        text("t.csv", "a,b,c\n1,2,3\n4,,6\n7,8,9\n");
        List<ReadOptions> all = List.of(
                ON_DISK.withMissing(ReadOptions.Missing.DROP),
                ON_DISK.withExclude(List.of("b")),
                ON_DISK.withColumns(List.of("c", "a")),
                ON_DISK.withExclude(List.of("b", "c")),
                ON_DISK.withMissing(ReadOptions.Missing.DROP).withColumns(List.of("b")));
        for (ReadOptions options : all) {
            ReadResult first = read(csv, options);
            assertThat(first.onDisk().get()).startsWith("written");
            assertSame(first, readInMemory(csv, options));
            assertThat(read(csv, options).onDisk().get()).startsWith("found");
        }
        assertThat(all.stream().map(ReadOptions::identity)).doesNotHaveDuplicates();
        assertThat(ON_DISK.withColumns(List.of("a, b")).identity())
                .isNotEqualTo(ON_DISK.withColumns(List.of("a", "b")).identity());
    }

    @Test
    void namingAllColumnsFindsTheCopyOfAllColumns() throws IOException {
        text("t.csv", numbers(50, 1));
        List<String> names = read(csv, ON_DISK).table().columns();
        for (ReadOptions options : List.of(ON_DISK.withColumns(names), ON_DISK.withModelColumns(names))) {
            ReadResult found = read(csv, options);
            assertThat(found.onDisk().get()).startsWith("found");
            assertSame(found, readInMemory(csv, options));
        }
        ReadOptions turned = ON_DISK.withColumns(List.of("c, d", "b", "a"));
        assertThat(read(csv, turned).onDisk().get()).startsWith("written");
        assertThat(read(csv, ON_DISK).onDisk().get()).startsWith("written");
    }

    @Test
    void aDamagedCopyIsMadeAnew() throws IOException {
        text("t.csv", numbers(200, 3));
        ReadResult expected = read(csv, IN_MEMORY);
        read(csv, ON_DISK);
        byte[] valid = Files.readAllBytes(cache);
        Random random = new Random(4);
        for (int i = 0; i < 300; i++) {
            byte[] damaged = valid.clone();
            switch (i % 3) {
                // Longer than its magic number, without which it would be somebody else's file.
                case 0 -> damaged = Arrays.copyOf(damaged, 8 + random.nextInt(damaged.length - 8));
                case 1 -> damaged[8 + random.nextInt(damaged.length - 8)] ^= (byte) (1 << random.nextInt(8));
                default -> damaged[damaged.length - 1 - random.nextInt(140)] ^= (byte) (1 << random.nextInt(8));
            }
            Files.write(cache, damaged);
            ReadResult result = read(csv, ON_DISK);
            assertThat(result.onDisk().get()).as("damage " + i).startsWith("written");
            assertSame(result, expected);
            assertThat(Files.readAllBytes(cache)).isEqualTo(valid);
        }
    }

    /** Footers whose checksum is right but which lie. */
    @Test
    void aHostileCopyIsMadeAnew() throws IOException {
        text("t.csv", "a,b\n1,2\n3,4\n");
        ReadResult expected = read(csv, IN_MEMORY);
        read(csv, ON_DISK);
        byte[] valid = Files.readAllBytes(cache);
        int end = valid.length - 8;
        int length = ByteBuffer.wrap(valid).getInt(valid.length - 4);
        RowFileFooter footer = RowFileFooter.of(Arrays.copyOfRange(valid, end - length, end));
        List<byte[]> footers = new ArrayList<>();
        for (int rows : new int[] {0, 1, 3, -1, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            footers.add(new RowFileFooter(footer.key(), footer.columns(), rows, 0, footer.checksum()).toBytes());
        }
        for (List<String> columns :
                List.of(List.of("a", "a"), List.of("a"), List.<String>of(), List.of("a", "b", "c", "d"))) {
            footers.add(new RowFileFooter(footer.key(), columns, 2, 0, footer.checksum()).toBytes());
        }
        footers.add(new RowFileFooter(footer.key(), footer.columns(), 2, -1, footer.checksum()).toBytes());
        // The number of columns, and the length of the first name.
        for (int place : new int[] {length - 14, length - 10, 0}) {
            for (int lie : new int[] {Integer.MAX_VALUE, -1, 1_000_000}) {
                byte[] bytes = footer.toBytes();
                ByteBuffer.wrap(bytes).putInt(place, lie);
                footers.add(bytes);
            }
        }
        for (byte[] hostile : footers) {
            CRC32C checksum = new CRC32C();
            checksum.update(hostile);
            ByteBuffer file = ByteBuffer.allocate(end - length + hostile.length + 8);
            file.put(valid, 0, end - length)
                    .put(hostile)
                    .putInt((int) checksum.getValue())
                    .putInt(hostile.length);
            Files.write(cache, file.array());
            assertSame(read(csv, ON_DISK), expected);
            assertThat(Files.readAllBytes(cache)).isEqualTo(valid);
        }
        for (int lie : new int[] {Integer.MAX_VALUE, -1, 0, Integer.MIN_VALUE, valid.length}) {
            byte[] bytes = valid.clone();
            ByteBuffer.wrap(bytes).putInt(bytes.length - 4, lie);
            Files.write(cache, bytes);
            assertSame(read(csv, ON_DISK), expected);
        }
    }

    @Test
    void whatIsNoCopyOfRowsIsLeftAlone() throws IOException {
        text("t.csv", numbers(50, 1));
        ReadResult expected = read(csv, IN_MEMORY);
        Files.writeString(cache, "a diary");
        ReadResult result = read(csv, ON_DISK);
        assertSame(result, expected);
        assertThat(result.onDisk().get())
                .startsWith("written to a temporary file in ")
                .contains(", since " + cache + " is something else, and read from there");
        assertThat(Files.readString(cache)).isEqualTo("a diary");

        Files.delete(cache);
        Files.createDirectory(cache);
        assertSame(read(csv, ON_DISK), expected);
        assertThat(cache).isEmptyDirectory();
    }

    @Test
    void aStreamIsKeptInATemporaryFile() throws IOException {
        byte[] bytes = numbers(500, 1).getBytes(StandardCharsets.UTF_8);
        ReadResult result =
                new TableReader(ON_DISK).read(new DataSource.Stream(new ByteArrayInputStream(bytes), "standard input"));
        text("t.csv", numbers(500, 1));
        assertThat(bits(result.table())).isEqualTo(bits(read(csv, IN_MEMORY).table()));
        assertThat(result.onDisk().get())
                .startsWith("written to a temporary file in ")
                .contains(", and read");
    }

    @Test
    void aTemporaryFileIsGoneAsSoonAsItIsMapped() throws IOException {
        Set<Path> during = new HashSet<>();
        new TableReader(ON_DISK).read(observed(numbers(5000, 1), during));
        assertThat(during).hasSize(1).allSatisfy(path -> assertThat(path).doesNotExist());
        assertThat(TemporaryFolder.all()).isEmpty();
    }

    @Test
    void aTemporaryFileIsGoneAsSoonAsItsSourceIsRefused() {
        Set<Path> during = new HashSet<>();
        DataSource faulty = observed(numbers(5000, 1) + "1,x,3\n", during);
        assertThatThrownBy(() -> new TableReader(ON_DISK).read(faulty))
                .hasMessageContaining("line 5002, column 'b': found 'x'");
        assertThat(during).hasSize(1).allSatisfy(path -> assertThat(path).doesNotExist());
        assertThat(TemporaryFolder.all()).isEmpty();
    }

    /** A stream of a text, and what temporary folders there are while it is read. */
    private static DataSource observed(String text, Set<Path> folders) {
        InputStream bytes = new FilterInputStream(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))) {
            @Override
            public int read(byte[] into, int from, int length) throws IOException {
                folders.addAll(TemporaryFolder.all());
                return super.read(into, from, length);
            }
        };
        return new DataSource.Stream(bytes, "standard input");
    }

    @Test
    void temporaryFilesThatAreKeptGoWithTheJvm() throws IOException {
        Path kept = TemporaryFolder.create();
        Files.writeString(kept.resolve("rows"), "1");
        TemporaryFolder.deleteAll();
        assertThat(kept).doesNotExist();
        assertThat(TemporaryFolder.all()).isEmpty();
    }

    @Test
    void aFaultyFileLeavesNothingBehind() throws IOException {
        text("t.csv", numbers(5000, 1) + "1,x,3\n");
        assertThatThrownBy(() -> read(csv, ON_DISK)).hasMessageContaining("line 5002, column 'b': found 'x'");
        assertThat(files()).containsExactly("t.csv");
    }

    @Test
    void theCopyIsForThoseOnlyWhoMayReadTheFile() throws IOException {
        Assumptions.assumeTrue(
                FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
        text("t.csv", numbers(50, 1));
        Files.setPosixFilePermissions(csv, PosixFilePermissions.fromString("r--------"));
        read(csv, ON_DISK);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(cache)))
                .isEqualTo("r--------");
    }

    @ParameterizedTest
    @CsvSource({"|b1, 1", "|i1, 1", "|u1, 1", "<i2, 2", ">i2, 2", "<u2, 2", ">u4, 4", "<i4, 4", "<u8, 8", ">i8, 8"})
    void arraysOfWholeNumbersAreMapped(String type, int size) throws IOException {
        byte[] elements = new byte[40 * 6 * size];
        new Random(1).nextBytes(elements);
        assertMapped(type, elements);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<f4", ">f4", "<f8", ">f8"})
    void arraysOfRealNumbersAreMapped(String type) throws IOException {
        ByteOrder order = type.startsWith(">") ? ByteOrder.BIG_ENDIAN : LITTLE;
        boolean wide = type.endsWith("8");
        ByteBuffer elements = ByteBuffer.allocate(40 * 6 * (wide ? 8 : 4)).order(order);
        Random random = new Random(2);
        while (elements.hasRemaining()) {
            if (wide) {
                elements.putDouble(random.nextGaussian());
            } else {
                elements.putFloat((float) random.nextGaussian());
            }
        }
        assertMapped(type, elements.array());
    }

    private void assertMapped(String type, byte[] elements) throws IOException {
        Path file = folder.resolve("a.npy");
        for (boolean fortran : new boolean[] {false, true}) {
            for (String shape : List.of("(40, 6)", "(40, 2, 3)", "(240,)", "(20, 3, 2, 2)")) {
                Files.write(file, NpyBytes.npy(type, fortran, shape, elements));
                ReadResult mapped = read(file, ON_DISK);
                assertThat(mapped.onDisk()).hasValue("read from there as they are needed");
                assertSame(mapped, read(file, IN_MEMORY));
                assertThat(streamed(new DataSource.File(file)))
                        .isEqualTo(streamed(new DataSource.Stream(Files.newInputStream(file), "a.npy")));
                assertThat(mapped.table().get(5, 0))
                        .isEqualTo(read(file, IN_MEMORY).table().get(5, 0));
            }
            Files.write(file, NpyBytes.npy(type, fortran, "(40, 6)", elements));
            assertSame(
                    read(file, ON_DISK.withColumns(List.of("x4", "x1"))),
                    read(file, IN_MEMORY.withColumns(List.of("x4", "x1"))));
        }
        assertThat(files()).containsExactly("a.npy");
    }

    private static List<String> streamed(DataSource source) throws IOException {
        List<String> rows = new ArrayList<>();
        new TableReader(IN_MEMORY)
                .stream(source, (line, cells, values) -> rows.add(line + " " + cells + Arrays.toString(values)));
        return rows;
    }

    @Test
    void aSmallArrayIsNotMapped() throws IOException {
        Path file = folder.resolve("a.npy");
        Files.write(file, NpyBytes.npy("<f4", false, "(5, 2)", new byte[40]));
        assertThat(read(file, IN_MEMORY.withMemory(80)).onDisk()).isEmpty();
        assertThat(read(file, IN_MEMORY.withMemory(79)).onDisk()).isPresent();
    }

    @Test
    void mappedArraysTreatMissingNumbersAsOthersDo() throws IOException {
        double nan = Double.NaN;
        Path file = folder.resolve("a.npy");
        Files.write(
                file,
                NpyBytes.npy("<f8", false, "(5, 2)", NpyBytes.doubles(LITTLE, nan, 1, 2, 3, 4, nan, 5, 6, 7, nan)));
        ReadOptions drop = ON_DISK.withMissing(ReadOptions.Missing.DROP);
        assertSame(read(file, drop), read(file, IN_MEMORY.withMissing(ReadOptions.Missing.DROP)));
        assertThat(read(file, drop).table().values()).containsExactly(2, 3, 5, 6);
        assertThatThrownBy(() -> read(file, ON_DISK))
                .hasMessageStartingWith(file + ": row 1, column 'x1': found 'NaN'");
        assertThatThrownBy(() -> read(file, ON_DISK.withMaxCells(9))).hasMessageContaining("more than 9 numbers");
    }

    @Test
    void aMappedArrayMustBeWhole() throws IOException {
        Path file = folder.resolve("a.npy");
        Files.write(file, NpyBytes.npy("<f8", false, "(4, 2)", new byte[63]));
        assertThatThrownBy(() -> read(file, ON_DISK))
                .isInstanceOf(DataException.class)
                .hasMessageEndingWith("a.npy: the file ends before the 4 rows of 2 numbers it promises");
    }

    @Test
    void packedArraysAreCopied() throws IOException {
        byte[] array = NpyBytes.npy("<f8", false, "(3, 2)", NpyBytes.doubles(LITTLE, 1, 2, 3, 4, 5, 6));
        for (String name : List.of("a.npy.gz", "a.npz")) {
            Path file = folder.resolve(name);
            Files.write(file, name.endsWith("gz") ? NpyBytes.gzip(array) : NpyBytes.npz(true, Map.of("x.npy", array)));
            ReadResult expected = read(file, IN_MEMORY);
            assertSame(read(file, ON_DISK), expected);
            assertThat(read(file, ON_DISK).onDisk().get()).startsWith("found in " + file + ".millrace-rows");
        }
    }

    /** Segments of 64 bytes in place of a gigabyte. */
    @Test
    void aLongFileIsMappedInSegments() throws IOException {
        Path file = folder.resolve("a.bin");
        double[] values = new Random(5).doubles(1001).toArray();
        byte[] bytes = NpyBytes.doubles(LITTLE, values);
        Files.write(file, bytes);
        try (FileChannel channel = FileChannel.open(file)) {
            MappedBytes mapped = MappedBytes.of(channel, 8, 8 * 1000, LITTLE, 6);
            Rows rows = MappedRows.inOrder(mapped, new NpyType('f', 8, LITTLE), 200, 5);
            assertThat(Table.of(List.of("a", "b", "c", "d", "e"), rows).values())
                    .isEqualTo(Arrays.copyOfRange(values, 1, 1001));
            CRC32C checksum = new CRC32C();
            checksum.update(bytes, 8, 8000);
            assertThat(mapped.checksum()).isEqualTo((int) checksum.getValue());
        }
    }

    @Test
    void mappedTablesAreSelectedAndJoinedAsOthersAre() throws IOException {
        text("t.csv", numbers(100, 1));
        Table mapped = read(csv, ON_DISK).table();
        Table inMemory = readInMemory(csv, IN_MEMORY).table();
        int[] some = new Random(1).ints(70, 0, 100).toArray();
        Table joined = Table.concat(List.of(mapped.select(some), inMemory, mapped));
        assertThat(joined.values())
                .isEqualTo(Table.concat(List.of(inMemory.select(some), inMemory, inMemory))
                        .values());
        assertThat(Fingerprint.of(mapped)).isEqualTo(Fingerprint.of(inMemory));
        Split split = Split.of(100, 0.1, 0.2, 3);
        assertThat(split.train(mapped).values())
                .isEqualTo(inMemory.select(split.train()).values());
        assertThat(split.validation(mapped).rows() + split.test(mapped).rows()).isEqualTo(30);
    }
}
