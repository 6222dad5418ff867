package dev.millrace.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files made to do harm: each is read or refused, in memory that fits its size. */
class HostileInputTest {

    /** Buffers of the reader and the parser, the first piece of a table, and what the JDK needs to inflate. */
    private static final long FEW_MEGABYTES = 8L << 20;

    @TempDir
    private Path folder;

    private static Table read(InputStream in) throws IOException {
        return new TableReader(ReadOptions.defaults())
                .read(new DataSource.Stream(in, "hostile"))
                .table();
    }

    private static Table read(byte[] bytes) throws IOException {
        return read(new ByteArrayInputStream(bytes));
    }

    private static void assertRefusedInLittleMemory(Reading reading, String message) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        assertThatThrownBy(reading::run).isInstanceOf(DataException.class).hasMessageContaining(message);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(FEW_MEGABYTES);
    }

    private interface Reading {
        void run() throws IOException;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "(1000000000, 20)|ends before",
                "(1000000000000, 20)|ends before",
                "(9223372036854775807, 1)|ends before",
                "(9223372036854775807,)|ends before",
                "(9223372036854775808,)|cannot be understood",
                "(1, 1000000)|ends before",
                "(1, 1000001)|more than 1000000",
                "(1, 4294967296, 4294967296)|more than 1000000",
                "(2, 1000000, 9223372036854775807)|more than 1000000",
                "(9223372036854775807, 0)|holds no data",
                "(0, 3)|holds no data",
                "()|single number",
                "(-1, 3)|cannot be understood",
                "(3|cannot be understood",
                "(99999999999999999999999999)|cannot be understood",
            })
    void aShapeBeyondTheBytes(String shape, String message) {
        for (boolean fortran : new boolean[] {false, true}) {
            String expected = fortran && shape.startsWith("(1000000000") ? "too large" : message;
            byte[] small = NpyBytes.npy("<f8", fortran, shape, new byte[1000]);
            boolean column = fortran && shape.contains("807, 1)");
            assertRefusedInLittleMemory(() -> read(small), column ? "ends before" : expected);
        }
    }

    @Test
    void aShapeOfATooLongTuple() {
        String shape = "(" + "1,".repeat(10_000) + ")";
        assertRefusedInLittleMemory(
                () -> read(NpyBytes.npy(2, NpyBytes.header("<f8", false, shape), new byte[8])),
                "cannot be understood (more than 64 dimensions)");
    }

    @Test
    void aHeaderLengthBeyondTheBytes() {
        for (int claimed : new int[] {65_536, 65_537, 0x7FFFFFFF, -1}) {
            byte[] array = NpyBytes.npy(2, NpyBytes.header("<f8", false, "(1,)"), new byte[8]);
            for (int i = 0; i < 4; i++) {
                array[8 + i] = (byte) (claimed >>> 8 * i);
            }
            assertRefusedInLittleMemory(() -> read(array), claimed == 65_536 ? "ends within" : "claims");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{}",
                "{'descr': '<f8'}",
                "__import__('os').system('x')",
                "{'descr': '<f8', 'evil': 1}",
                "{'descr': '<f8', 'fortran_order': None, 'shape': (1,)}",
                "{'descr",
                "{'descr': [[[[[[[[[["
            })
    void aHeaderOfAnotherForm(String header) {
        assertRefusedInLittleMemory(() -> read(NpyBytes.npy(1, header, new byte[8])), "hostile: its ");
    }

    @Test
    void anUnknownVersion() {
        assertRefusedInLittleMemory(() -> read(NpyBytes.npy(4, "{}", new byte[0])), "version 4");
    }

    @Test
    void aCellWithoutEnd() {
        assertRefusedInLittleMemory(() -> read(repeated("a,", "1", 100L << 20)), "line 1: malformed text");
        assertRefusedInLittleMemory(() -> read(repeated("a\n1\n\"", "\n", 100L << 20)), "line 3: malformed text");
    }

    @Test
    void aRowWithoutEnd() {
        assertThatThrownBy(() -> read(repeated("a,b\n1,2\n3", ",3", 100L << 20)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("line 3: more than 1000000 cells in one row");
        assertThatThrownBy(() -> read(repeated("", "a".repeat(1000) + ",", 100L << 20)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("line 1: the row has more than 16777216 characters");
    }

    @Test
    void aBombOfRows() throws IOException {
        byte[] bomb = NpyBytes.gzip("1,2\n".repeat(1_000_000).getBytes(StandardCharsets.UTF_8));
        TableReader reader = new TableReader(ReadOptions.defaults().withMaxCells(1000));
        assertRefusedInLittleMemory(
                () -> reader.read(new DataSource.Stream(new ByteArrayInputStream(bomb), "bomb")),
                "bomb: has more than 1000 numbers");
        byte[] fits = NpyBytes.gzip("1,2\n".repeat(500).getBytes(StandardCharsets.UTF_8));
        assertThat(reader.read(new DataSource.Stream(new ByteArrayInputStream(fits), "fits"))
                        .table()
                        .rows())
                .isEqualTo(500);
    }

    /** This many bytes of text, made as they are read. */
    private static InputStream repeated(String start, String again, long length) {
        byte[] first = start.getBytes(StandardCharsets.UTF_8);
        byte[] then = again.getBytes(StandardCharsets.UTF_8);
        return new InputStream() {
            private long at;

            @Override
            public int read() {
                if (at == length) {
                    return -1;
                }
                int byteRead = at < first.length ? first[(int) at] : then[(int) ((at - first.length) % then.length)];
                at++;
                return byteRead;
            }
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv.gz", "csv", "npy", "npy.gz", "npz", "stored.npz"})
    void damagedFilesAreReadOrRefused(String ending) throws IOException {
        byte[] valid = valid(ending);
        Path file = folder.resolve("t." + ending);
        Files.write(file, valid);
        assertThat(new TableReader(ReadOptions.defaults()).read(file).table().rows())
                .isEqualTo(50);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Random random = new Random(ending.hashCode());
        int refused = 0;
        for (int i = 0; i < 400; i++) {
            Files.write(file, damaged(valid, random));
            long before = threads.getCurrentThreadAllocatedBytes();
            try {
                new TableReader(ReadOptions.defaults()).read(file);
            } catch (DataException e) {
                refused++;
                assertThat(e.getMessage()).contains("t." + ending).doesNotContain("\n", "\u001b");
            }
            assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(FEW_MEGABYTES);
        }
        assertThat(refused).isGreaterThan(100);
    }

    private static byte[] valid(String ending) {
        double[] values = new Random(1).doubles(150).toArray();
        StringBuilder text = new StringBuilder("a,\"b\",c\n");
        for (int i = 0; i < 150; i++) {
            text.append(values[i]).append(i % 3 == 2 ? "\r\n" : ",");
        }
        byte[] csv = text.toString().getBytes(StandardCharsets.UTF_8);
        byte[] npy = NpyBytes.npy("<f8", false, "(50, 3)", NpyBytes.doubles(ByteOrder.LITTLE_ENDIAN, values));
        return switch (ending) {
            case "csv" -> csv;
            case "csv.gz" -> NpyBytes.gzip(csv);
            case "npy" -> npy;
            case "npy.gz" -> NpyBytes.gzip(npy);
            case "npz" -> NpyBytes.npz(true, Map.of("x.npy", npy));
            default -> NpyBytes.npz(false, Map.of("x.npy", npy));
        };
    }

    /** Cut short, or a few bytes changed, or a piece moved; more often near the ends, where headers are. */
    private static byte[] damaged(byte[] valid, Random random) {
        byte[] bytes = valid.clone();
        switch (random.nextInt(4)) {
            case 0 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
            case 1 -> {
                for (int i = random.nextInt(8); i >= 0; i--) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
                }
            }
            case 2 -> {
                int near = random.nextInt(Math.min(128, bytes.length));
                bytes[random.nextBoolean() ? near : bytes.length - 1 - near] ^= (byte) (1 << random.nextInt(8));
            }
            default -> {
                int length = random.nextInt(bytes.length / 2);
                int from = random.nextInt(bytes.length - length);
                int to = random.nextInt(bytes.length - length);
                System.arraycopy(valid, from, bytes, to, length);
            }
        }
        return bytes;
    }

    @Test
    void namesCannotSendTerminalCodes() {
        String text = "a\u001b]0;x\u0007\u202E,b\nx,1\n";
        assertThatThrownBy(() -> read(text.getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("column 'a\\u001b]0;x\\u0007\\u202e': found 'x'")
                .satisfies(e -> assertThat(e.getMessage().chars()).noneMatch(Character::isISOControl));
        assertThatThrownBy(() -> new TableReader(ReadOptions.defaults().withColumns(List.of("zz")))
                        .read(new DataSource.Stream(
                                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "t")))
                .satisfies(e -> assertThat(e.getMessage().chars()).noneMatch(Character::isISOControl));
    }
}
