package dev.millrace.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadArrayTest {

    private static final ReadOptions DEFAULTS = ReadOptions.defaults();
    private static final ByteOrder LITTLE = ByteOrder.LITTLE_ENDIAN;

    @TempDir
    private Path folder;

    private static ReadResult read(byte[] bytes, ReadOptions options) throws IOException {
        return new TableReader(options).read(new DataSource.Stream(new ByteArrayInputStream(bytes), "a.npy"));
    }

    private ReadResult readFile(String name, byte[] bytes, ReadOptions options) throws IOException {
        Files.write(folder.resolve(name), bytes);
        return new TableReader(options).read(folder.resolve(name));
    }

    private static byte[] twoByThree() {
        return NpyBytes.npy("<f8", false, "(2, 3)", NpyBytes.doubles(LITTLE, 1, 2, 3, 4, 5, 6));
    }

    /** Bytes as Python's struct module packs them, beside the numbers. */
    @ParameterizedTest
    @CsvSource({
        "|b1, 0001ff, 0, 1, 1",
        "|i1, 017f80, 1, 127, -128",
        "|u1, 017f80, 1, 127, 128",
        "<i2, 0100ff7f0080, 1, 32767, -32768",
        ">i2, 00017fff8000, 1, 32767, -32768",
        "<u2, 0100ff7f0080, 1, 32767, 32768",
        ">u2, 00017fff8000, 1, 32767, 32768",
        "<i4, 01000000ffffff7f00000080, 1, 2147483647, -2147483648",
        ">i4, 000000017fffffff80000000, 1, 2147483647, -2147483648",
        "<u4, 01000000ffffff7f00000080, 1, 2147483647, 2147483648",
        ">u4, 000000017fffffff80000000, 1, 2147483647, 2147483648",
        "<i8, 0100000000000000ffffffffffffff7f0000000000000080, 1, 9223372036854775807, -9223372036854775808",
        ">i8, 00000000000000017fffffffffffffff8000000000000000, 1, 9223372036854775807, -9223372036854775808",
        "<u8, 0100000000000000ffffffffffffffff0000000000000080, 1, 18446744073709551615, 9223372036854775808",
        ">u8, 0000000000000001ffffffffffffffff8000000000000000, 1, 18446744073709551615, 9223372036854775808",
        "<f2, 003c00be662e, 1, -1.5, 0.0999755859375",
        ">f2, 3c00be002e66, 1, -1.5, 0.0999755859375",
        "<f2, ff7b0180ff03, 65504, -5.960464477539063e-08, 6.097555160522461e-05",
        "<f4, 0000803f0000c0bfcdcccc3d, 1, -1.5, 0.10000000149011612",
        ">f4, 3f800000bfc000003dcccccd, 1, -1.5, 0.10000000149011612",
        "<f8, 000000000000f03f000000000000f8bf9a9999999999b93f, 1, -1.5, 0.1",
        ">f8, 3ff0000000000000bff80000000000003fb999999999999a, 1, -1.5, 0.1",
        "=f8, 000000000000f03f000000000000f8bf9a9999999999b93f, 1, -1.5, 0.1",
    })
    void readsEveryNumberType(String type, String hex, double first, double second, double third) throws IOException {
        byte[] elements = HexFormat.of().parseHex(hex);
        Table column =
                read(NpyBytes.npy(type, false, "(3,)", elements), DEFAULTS).table();
        assertThat(column.columns()).containsExactly("x1");
        assertThat(column.values()).containsExactly(first, second, third);
        Table row =
                read(NpyBytes.npy(type, false, "(1, 3)", elements), DEFAULTS).table();
        assertThat(row.columns()).containsExactly("x1", "x2", "x3");
        assertThat(row.values()).containsExactly(first, second, third);
    }

    /** 2^63 + 1025 lies above the middle between two doubles, 2^63 + 1024 on it, 2^63 + 3072 on the next. */
    @ParameterizedTest
    @ValueSource(
            strings = {"9223372036854776833", "9223372036854776832", "9223372036854778880", "18446744073709550591"})
    void roundsUnsignedNumbersToTheNearestDouble(String text) throws IOException {
        byte[] elements = ByteBuffer.allocate(8)
                .order(LITTLE)
                .putLong(Long.parseUnsignedLong(text))
                .array();
        assertThat(read(NpyBytes.npy("<u8", false, "(1,)", elements), DEFAULTS)
                        .table()
                        .values())
                .containsExactly(new BigDecimal(text).doubleValue());
    }

    @Test
    void readsFortranOrder() throws IOException {
        byte[] array = NpyBytes.npy("<f8", true, "(2, 3)", NpyBytes.doubles(LITTLE, 1, 4, 2, 5, 3, 6));
        assertThat(read(array, DEFAULTS).table().values()).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(read(array, DEFAULTS.withColumns(List.of("x3", "x1")))
                        .table()
                        .values())
                .containsExactly(3, 1, 6, 4);
    }

    @Test
    void flattensMoreDimensionsIntoTheRow() throws IOException {
        byte[] rowMajor = NpyBytes.npy(
                "<f8", false, "(2, 2, 3)", NpyBytes.doubles(LITTLE, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12));
        // numpy.arange(1, 13).reshape(2, 2, 3).ravel('F')
        byte[] fortran =
                NpyBytes.npy("<f8", true, "(2, 2, 3)", NpyBytes.doubles(LITTLE, 1, 7, 4, 10, 2, 8, 5, 11, 3, 9, 6, 12));
        for (byte[] array : List.of(rowMajor, fortran)) {
            Table table = read(array, DEFAULTS).table();
            assertThat(table.rows()).isEqualTo(2);
            assertThat(table.values()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void readsEveryVersion(int version) throws IOException {
        String header = "{\"shape\": (2L, 1), 'fortran_order':False,'descr': '<f8'}";
        byte[] array = NpyBytes.npy(version, header, NpyBytes.doubles(LITTLE, 1, 2));
        assertThat(read(array, DEFAULTS).table().values()).containsExactly(1, 2);
        assertThat(read(NpyBytes.gzip(array), DEFAULTS).table().values()).containsExactly(1, 2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void readsArchives(boolean deflated) throws IOException {
        byte[] other = NpyBytes.npy("|u1", false, "(2,)", new byte[] {7, 8});
        byte[] one = NpyBytes.npz(deflated, Map.of("x.npy", twoByThree()));
        assertThat(readFile("one.npz", one, DEFAULTS).table().values()).containsExactly(1, 2, 3, 4, 5, 6);
        Map<String, byte[]> arrays = new LinkedHashMap<>();
        arrays.put("train.npy", twoByThree());
        arrays.put("readme.txt", new byte[3]);
        arrays.put("test.npy", other);
        byte[] two = NpyBytes.npz(deflated, arrays);
        assertThat(readFile("two.npz", two, DEFAULTS.withArray("test")).table().values())
                .containsExactly(7, 8);
        assertThatThrownBy(() -> readFile("two.npz", two, DEFAULTS))
                .hasMessageEndingWith("two.npz: holds 2 arrays; choose one with --array; there are 'train', 'test'");
        assertThatThrownBy(() -> readFile("two.npz", two, DEFAULTS.withArray("trian")))
                .hasMessageContaining("two.npz: has no array 'trian'; did you mean 'train'?");
        assertThatThrownBy(() -> readFile("none.npz", NpyBytes.npz(deflated, Map.of("a.txt", new byte[1])), DEFAULTS))
                .hasMessageContaining("without NumPy arrays");
        assertThatThrownBy(() -> read(one, DEFAULTS)).hasMessageContaining("only from a file");
    }

    @Test
    void namesTheArrayOfAnArchive() {
        byte[] text = NpyBytes.npz(true, Map.of("x.npy", NpyBytes.npy("<U4", false, "(2,)", new byte[32])));
        assertThatThrownBy(() -> readFile("t.npz", text, DEFAULTS)).hasMessageContaining("t.npz[x]: its elements are");
    }

    @ParameterizedTest
    @ValueSource(strings = {"|O", "<U8", "|S3", "<c16", "<f16", "<M8[ns]", "|V4", "<i3", "<b1x", ""})
    void refusesElementsThatAreNotPlainNumbers(String type) {
        assertThatThrownBy(() -> read(NpyBytes.npy(type, false, "(1,)", new byte[64]), DEFAULTS))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("a.npy: its elements are of the type '" + type + "', not plain numbers");
    }

    @Test
    void refusesStructures() {
        String header = "{'descr': [('a', '<f8'), ('b', '<i4')], 'fortran_order': False, 'shape': (3,), }";
        assertThatThrownBy(() -> read(NpyBytes.npy(1, header, new byte[36]), DEFAULTS))
                .hasMessageContaining("its elements are structures, not plain numbers");
    }

    @Test
    void namesRowAndColumnOfAMissingNumber() throws IOException {
        byte[] array = NpyBytes.npy(
                "<f8", false, "(3, 2)", NpyBytes.doubles(LITTLE, 1, 2, 3, Double.NaN, Double.NEGATIVE_INFINITY, 6));
        assertThatThrownBy(() -> read(array, DEFAULTS))
                .hasMessageStartingWith("a.npy: row 2, column 'x2': found 'NaN', which is not a finite number");
        assertThatThrownBy(() -> read(array, DEFAULTS.withExclude(List.of("x2"))))
                .hasMessageStartingWith("a.npy: row 3, column 'x1': found '-Infinity'");
        ReadResult dropped = read(array, DEFAULTS.withMissing(ReadOptions.Missing.DROP));
        assertThat(dropped.table().values()).containsExactly(1, 2);
        assertThat(dropped.droppedRows()).isEqualTo(2);
    }

    @Test
    void aModelsColumnsAreTakenByPosition() throws IOException {
        Table table = read(twoByThree(), DEFAULTS.withModelColumns(List.of("c", "a", "b")))
                .table();
        assertThat(table.columns()).containsExactly("c", "a", "b");
        assertThat(table.values()).containsExactly(1, 2, 3, 4, 5, 6);
        assertThatThrownBy(() -> read(twoByThree(), DEFAULTS.withModelColumns(List.of("a"))))
                .hasMessageContaining("there is no column 'a'");
    }

    @Test
    void leavesBytesAfterTheArrayAlone() throws IOException {
        byte[] array = NpyBytes.npy("<f8", false, "(1, 2)", NpyBytes.doubles(LITTLE, 1, 2, 3));
        assertThat(read(array, DEFAULTS).table().values()).containsExactly(1, 2);
    }
}
