package dev.millrace.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule by which a file is refused, and what refusing may cost. */
class HostileFileTest {

    private static final String FOUR_BYTES = "{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}";

    static List<Arguments> files() {
        return List.of(
                file(new byte[0], "expected at least the 8 bytes of the header's length, found 0 bytes"),
                file(new byte[7], "expected at least the 8 bytes of the header's length, found 7 bytes"),
                file(
                        RawFile.withLength(100_000_000_000L, new byte[8]),
                        "expected a header of at most 100000000 bytes, found 100000000000; this may be no safetensors"
                                + " file"),
                file(
                        RawFile.withLength(-1, new byte[8]),
                        "expected a header of at most 100000000 bytes, found 18446744073709551615; this may be no"
                                + " safetensors file"),
                file(
                        RawFile.withLength(100_000_000, new byte[8]),
                        "expected a header of 100000000 bytes, found 8 bytes; the file may be cut off"),
                file(
                        RawFile.withLength(3, (byte) '{', (byte) '}'),
                        "expected a header of 3 bytes, found 2 bytes; the file may be cut off"),
                file(RawFile.withLength(0), "header: expected '{' as the first character"),
                file(header(" {}"), "header: expected '{' as the first character"),
                file(header("[]"), "header: expected '{' as the first character"),
                file(header("\ufeff{}"), "header: expected '{' as the first character"),
                file(RawFile.withLength(1, (byte) 0xff), "header: not valid UTF-8"),
                // An overlong slash, half a surrogate pair and a cut-off character.
                file(
                        RawFile.withLength(4, (byte) '{', (byte) 0xc0, (byte) 0xaf, (byte) '}'),
                        "header: not valid UTF-8"),
                file(
                        RawFile.withLength(4, (byte) '{', (byte) 0xed, (byte) 0xa0, (byte) 0x80),
                        "header: not valid UTF-8"),
                file(RawFile.withLength(3, (byte) '{', (byte) 0xe2, (byte) 0x80), "header: not valid UTF-8"),
                file(header("{]"), "header: character 1: expected a key in double quotes, found ']'"),
                file(header("{}\0"), "header: character 2: expected the end of the text, found U+0000"),
                file(header("{\"a\":{},\"a\":{}}"), "header: character 8: the key \"a\" occurs twice in one object"),
                file(header("{\"a\":".repeat(100_000)), "header: character 320: nested more than 64 levels deep"),
                file(
                        header("{\"a\":" + "[".repeat(1_000_000)),
                        "header: character 68: nested more than 64 levels deep"),
                file(
                        header("{\"a\":[" + "{},".repeat(Json.MAX_VALUES)),
                        "header: character 6000000: more than 2000000 values"),
                file(header(keys(1_000_000, "0")), "header: 1000000 tensors, at most 100000 are allowed"),
                file(header("{\"a\":1}"), "header.a: expected an object, found 1"),
                file(header("{\"__metadata__\":[]}"), "header.__metadata__: expected an object, found a list"),
                file(header("{\"__metadata__\":null}"), "header.__metadata__: expected an object, found null"),
                file(header("{\"__metadata__\":{\"k\":1}}"), "header.__metadata__.k: expected a string, found 1"),
                file(
                        header("{\"" + "n".repeat(1_001) + "\":" + FOUR_BYTES + "}", 4),
                        "header.\"" + "n".repeat(60) + "…\": a name of 1001 characters, at most 1000 are allowed"),
                tensor("{}", 0, "header.w.dtype: missing"),
                tensor("{\"dtype\":\"F32\"}", 0, "header.w.shape: missing"),
                tensor("{\"dtype\":\"F32\",\"shape\":[]}", 4, "header.w.data_offsets: missing"),
                tensor(
                        "{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4],\"more\":1}",
                        4,
                        "header.w: unknown key \"more\""),
                tensor(
                        entry("BF16", "[2]", "[0,4]"),
                        4,
                        "header.w.dtype: expected F32, F64, I64 or U8, found \"BF16\""),
                tensor(entry("f32", "[1]", "[0,4]"), 4, "header.w.dtype: expected F32, F64, I64 or U8, found \"f32\""),
                tensor(entry("F32", "[-1]", "[0,4]"), 4, "header.w: the dimension -1 is negative"),
                tensor(entry("F32", "[1.0]", "[0,4]"), 4, "header.w.shape[0]: expected a whole number, found 1.0"),
                tensor(entry("F32", "[\"1\"]", "[0,4]"), 4, "header.w.shape[0]: expected a whole number, found \"1\""),
                tensor(entry("F32", "1", "[0,4]"), 4, "header.w.shape: expected a list, found 1"),
                tensor(
                        entry("F32", "[4294967297]", "[0,4]"),
                        4,
                        "header.w.shape[0]: expected a whole number of at most 32 bits, found 4294967297"),
                tensor(
                        entry("F32", "[1,1,1,1,1,1,1,1,1]", "[0,4]"),
                        4,
                        "header.w: 9 dimensions, at most 8 are allowed"),
                // Products that are 0 or 4 if a long, or an int, is left to overflow.
                tensor(
                        entry("F32", "[65536,65536,65536,65536]", "[0,0]"),
                        0,
                        "header.w: F32 of shape [65536, 65536, 65536, 65536] takes more than the 2147483639 bytes of"
                                + " the largest array"),
                tensor(
                        entry("F32", "[641,6700417]", "[0,4]"),
                        4,
                        "header.w: F32 of shape [641, 6700417] takes more than the 2147483639 bytes of the largest"
                                + " array"),
                tensor(
                        entry("F32", "[500000000]", "[0,2000000000]"),
                        4,
                        "header: the tensors take 2000000000 bytes, the file has 4 after the header"),
                tensor(entry("F32", "[1]", "[0]"), 4, "header.w.data_offsets: expected two numbers, 0 ≤ begin ≤ end"),
                tensor(
                        entry("F32", "[1]", "[0,4,8]"),
                        4,
                        "header.w.data_offsets: expected two numbers, 0 ≤ begin ≤ end"),
                tensor(entry("F32", "[1]", "[4,0]"), 4, "header.w.data_offsets: expected two numbers, 0 ≤ begin ≤ end"),
                tensor(
                        entry("F32", "[1]", "[-4,0]"),
                        4,
                        "header.w.data_offsets: expected two numbers, 0 ≤ begin ≤ end"),
                tensor(
                        entry("F32", "[1]", "[0,18446744073709551620]"),
                        4,
                        "header.w.data_offsets[1]: expected a whole number, found 1.8446744073709552E19"),
                tensor(
                        entry("F32", "[1]", "[0,9223372036854775807]"),
                        4,
                        "header.w.data_offsets: expected 4 bytes, as F32 and the shape say, found 9223372036854775807"),
                tensor(
                        entry("F32", "[2]", "[0,4]"),
                        4,
                        "header.w.data_offsets: expected 8 bytes, as F32 and the shape say, found 4"),
                tensor(
                        entry("F32", "[1]", "[9223372036854775803,9223372036854775807]"),
                        4,
                        "header: expected the tensor \"w\" to begin at 0, where the one before it ends, found"
                                + " 9223372036854775803"),
                tensor(
                        entry("F32", "[1]", "[4,8]"),
                        8,
                        "header: expected the tensor \"w\" to begin at 0, where the one before it ends, found 4"),
                tensor(
                        entry("F32", "[1]", "[0,4]"),
                        5,
                        "header: the tensors take 4 bytes, the file has 5 after the header"),
                tensor(
                        entry("F32", "[1]", "[0,4]"),
                        3,
                        "header: the tensors take 4 bytes, the file has 3 after the header"),
                file(header("{}", 1), "header: the tensors take 0 bytes, the file has 1 after the header"),
                file(
                        header("{\"a\":" + FOUR_BYTES + ",\"b\":" + FOUR_BYTES + "}", 8),
                        "header: expected the tensor \"b\" to begin at 4, where the one before it ends, found 0"),
                file(
                        header("{\"a\":" + FOUR_BYTES + ",\"b\":" + entry("F32", "[1]", "[2,6]") + "}", 6),
                        "header: expected the tensor \"b\" to begin at 4, where the one before it ends, found 2"),
                file(
                        header("{\"a\":" + FOUR_BYTES + ",\"b\":" + entry("F32", "[1]", "[5,9]") + "}", 9),
                        "header: expected the tensor \"b\" to begin at 4, where the one before it ends, found 5"),
                file(
                        header("{\"a\":" + FOUR_BYTES + ",\"b\":" + entry("F32", "[0]", "[2,2]") + "}", 4),
                        "header: expected the tensor \"b\" to begin at 4, where the one before it ends, found 2"));
    }

    /**
     * Nor may a file of a few hundred bytes cost more than a few megabytes, whatever lengths it claims. The JVM counts
     * that, in bytes and not in time.
     */
    @ParameterizedTest(name = "{1}")
    @MethodSource("files")
    void isRefusedWithItsReasonAtACostThatFollowsItsSize(byte[] bytes, String message) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        Throwable refusal = catchThrowable(() -> TensorFile.read(bytes));
        long cost = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(refusal).isExactlyInstanceOf(ModelFormatException.class).hasMessage(message);
        // The densest text is an empty object in 3 bytes, which takes 64 and the growing list around it.
        assertThat(cost).isLessThan((4L << 20) + 64L * bytes.length);
    }

    @Test
    void theMessageNamesTheFile(@TempDir Path folder) throws IOException {
        Path path = folder.resolve("cut.safetensors");
        Files.write(path, RawFile.withLength(100, "{".getBytes(StandardCharsets.US_ASCII)));
        assertThatThrownBy(() -> TensorFile.read(path))
                .isExactlyInstanceOf(ModelFormatException.class)
                .hasMessage(path + ": expected a header of 100 bytes, found 1 bytes; the file may be cut off");
    }

    @Test
    void aFileThatIsCutOffWhileItIsReadIsRefused() {
        byte[] whole = header("{\"w\":" + FOUR_BYTES + "}", 4);
        ReadableByteChannel cut = Channels.newChannel(new ByteArrayInputStream(whole, 0, whole.length - 1));
        assertThatThrownBy(() -> new TensorFileReader(cut, whole.length).read(entry -> (at, piece) -> {}))
                .isExactlyInstanceOf(ModelFormatException.class)
                .hasMessage("the file became shorter while it was read");
    }

    private static Arguments file(byte[] bytes, String message) {
        return Arguments.of(bytes, message);
    }

    private static Arguments tensor(String entry, int dataBytes, String message) {
        return file(header("{\"w\":" + entry + "}", dataBytes), message);
    }

    private static byte[] header(String text) {
        return RawFile.of(text, 0);
    }

    private static byte[] header(String text, int dataBytes) {
        return RawFile.of(text, dataBytes);
    }

    private static String entry(String dtype, String shape, String offsets) {
        return "{\"dtype\":\"" + dtype + "\",\"shape\":" + shape + ",\"data_offsets\":" + offsets + "}";
    }

    private static String keys(int count, String value) {
        return IntStream.range(0, count)
                .mapToObj(i -> "\"" + i + "\":" + value)
                .collect(Collectors.joining(",", "{", "}"));
    }
}
