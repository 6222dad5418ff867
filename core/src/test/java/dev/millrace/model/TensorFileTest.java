package dev.millrace.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorFileTest {

    @TempDir
    Path folder;

    /** One of every kind, in an order in which the elements would not be aligned. */
    private static TensorFile example() {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("z", "first");
        metadata.put("a \"ä\" 𝛼\n", "");
        return new TensorFile(
                metadata,
                List.of(
                        StoredTensor.of("bytes", new int[] {3}, new byte[] {1, 2, -1}),
                        StoredTensor.of("none", new int[] {0, 7}, new double[0]),
                        StoredTensor.of("floats", new int[] {2, 1}, new float[] {1.5f, -0.0f}),
                        StoredTensor.of("scalar", new int[0], new double[] {Math.PI}),
                        StoredTensor.of("größe.𝛼", new int[] {1, 1, 2}, new long[] {Long.MIN_VALUE, 7}),
                        StoredTensor.of("n".repeat(1000), new int[] {1, 1, 1, 1, 1, 1, 1, 1}, new float[] {1})));
    }

    @Test
    void comesBackFromMemoryAndDisk() throws IOException {
        TensorFile file = example();
        Path path = folder.resolve("m.safetensors");
        file.write(path);
        assertThat(Files.readAllBytes(path)).isEqualTo(file.toBytes());
        for (TensorFile back : List.of(TensorFile.read(path), TensorFile.read(file.toBytes()))) {
            assertThat(back).isEqualTo(file).hasSameHashCodeAs(file);
            assertThat(back.metadata().keySet())
                    .containsExactlyElementsOf(file.metadata().keySet());
            assertThat(back.tensors().keySet())
                    .containsExactlyElementsOf(file.tensors().keySet());
            assertThat(back.tensor("bytes").bytes()).containsExactly(1, 2, -1);
            assertThat(back.tensor("none").doubles()).isEmpty();
            assertThat(back.tensor("none").shape()).containsExactly(0, 7);
            assertThat(back.tensor("floats").floats()).containsExactly(1.5f, -0.0f);
            assertThat(back.tensor("scalar").doubles()).containsExactly(Math.PI);
            assertThat(back.tensor("scalar").shape()).isEmpty();
            assertThat(back.tensor("größe.𝛼").longs()).containsExactly(Long.MIN_VALUE, 7);
        }
    }

    @Test
    void everyBitOfANumberComesBack() {
        long[] bits64 = {0x8000000000000000L, 0x7ff0000000000001L, 0xfff8dead_beef0123L, 1, 0x7ff0000000000000L, 0, -1};
        int[] bits32 = {0x80000000, 0x7f800001, 0xffc0beef, 1, 0x7f800000, 0, -1};
        double[] doubles = new double[7];
        float[] floats = new float[7];
        for (int i = 0; i < 7; i++) {
            doubles[i] = Double.longBitsToDouble(bits64[i]);
            floats[i] = Float.intBitsToFloat(bits32[i]);
        }
        int[] shape = {7};
        TensorFile back = TensorFile.read(new TensorFile(
                        Map.of(), List.of(StoredTensor.of("d", shape, doubles), StoredTensor.of("f", shape, floats)))
                .toBytes());
        for (int i = 0; i < 7; i++) {
            assertThat(Double.doubleToRawLongBits(back.tensor("d").doubles()[i]))
                    .isEqualTo(bits64[i]);
            assertThat(Float.floatToRawIntBits(back.tensor("f").floats()[i])).isEqualTo(bits32[i]);
        }
    }

    @Test
    void aTensorOfManyPiecesComesBack() throws IOException {
        double[] data = new Random(4).doubles(100_003).toArray();
        TensorFile file = new TensorFile(Map.of(), List.of(StoredTensor.of("d", new int[] {data.length}, data)));
        Path path = folder.resolve("m");
        file.write(path);
        assertThat(TensorFile.read(path).tensor("d").doubles()).isEqualTo(data);
    }

    @Test
    void hasTheBytesOfTheFormat() {
        TensorFile file = new TensorFile(
                Map.of("k", "v"),
                List.of(
                        StoredTensor.of("b", new int[] {1, 2}, new byte[] {1, -1}),
                        StoredTensor.of("f", new int[] {2}, new float[] {1.0f, -2.5f}),
                        StoredTensor.of("d", new int[0], new double[] {-0.0})));
        String header = "{\"__metadata__\":{\"k\":\"v\"},"
                + "\"b\":{\"dtype\":\"U8\",\"shape\":[1,2],\"data_offsets\":[16,18]},"
                + "\"f\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,16]},"
                + "\"d\":{\"dtype\":\"F64\",\"shape\":[],\"data_offsets\":[0,8]}}";
        assertThat(header).hasSize(188);
        String golden = "c000000000000000" // 192, the header's length with four spaces of padding
                + HexFormat.of().formatHex((header + "    ").getBytes(StandardCharsets.US_ASCII))
                + "0000000000000080" // -0.0 as double
                + "0000803f" // 1.0 as float
                + "000020c0" // -2.5 as float
                + "01ff";
        assertThat(HexFormat.of().formatHex(file.toBytes())).isEqualTo(golden);
        assertThat(TensorFile.read(HexFormat.of().parseHex(golden))).isEqualTo(file);
    }

    @Test
    void everyElementIsAlignedInTheFile() {
        byte[] bytes = example().toBytes();
        int header = bytes[0] & 0xff | (bytes[1] & 0xff) << 8;
        assertThat(header % 8).isZero();
        String text = new String(bytes, 8, header, StandardCharsets.UTF_8);
        for (TensorEntry entry :
                TensorHeader.parse(text, bytes.length - 8L - header).entries()) {
            assertThat(entry.begin() % entry.dtype().size()).as(entry.name()).isZero();
        }
    }

    @Test
    void anEmptyFileIsTheShortestHeader() {
        TensorFile empty = new TensorFile(Map.of(), List.of());
        assertThat(empty.toBytes()).isEqualTo(RawFile.of("{}      ", 0));
        assertThat(TensorFile.read(empty.toBytes())).isEqualTo(empty);
        assertThat(TensorFile.read(RawFile.of("{\"__metadata__\":{}}", 0))).isEqualTo(empty);
    }

    /**
     * The resource is what version 0.8.0 of the Python package {@code safetensors} writes for these arrays. It pads and
     * orders as we do, so writing it again gives its very bytes.
     */
    @Test
    void readsWhatPythonWrites() throws IOException {
        byte[] bytes;
        try (InputStream in = TensorFileTest.class.getResourceAsStream("python-written.safetensors")) {
            bytes = in.readAllBytes();
        }
        TensorFile file = TensorFile.read(bytes);
        assertThat(file.metadata()).isEqualTo(Map.of("format", "np", "text", "Zeile 1\nZeile \"2\" – 𝛼"));
        assertThat(file.tensors().keySet()).containsExactly("steps", "empty", "scale", "layers.0.weight", "größe-𝛼");
        assertThat(file.tensor("steps").longs()).containsExactly(-1, 1L << 62);
        assertThat(file.tensor("empty").doubles()).isEmpty();
        assertThat(file.tensor("empty").shape()).containsExactly(0, 4);
        assertThat(file.tensor("scale").doubles()).containsExactly(-0.0);
        assertThat(file.tensor("layers.0.weight").floats()).containsExactly(0, 0.5f, 1, 1.5f, 2, 2.5f);
        assertThat(file.tensor("layers.0.weight").shape()).containsExactly(2, 3);
        assertThat(file.tensor("größe-𝛼").bytes()).containsExactly(0, 127, -128, -1);
        assertThat(file.toBytes()).isEqualTo(bytes);
    }

    @Test
    void readsDataInAnotherOrderThanTheHeader() {
        byte[] bytes = RawFile.of(
                "{\"b\":{\"data_offsets\":[1,2],\"shape\":[1],\"dtype\":\"U8\"},"
                        + "\"none\":{\"dtype\":\"F64\",\"shape\":[3,0],\"data_offsets\":[1,1]},"
                        + "\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]}} \n",
                2);
        bytes[bytes.length - 1] = 7;
        TensorFile file = TensorFile.read(bytes);
        assertThat(file.tensors().keySet()).containsExactly("b", "none", "a");
        assertThat(file.tensor("a").bytes()).containsExactly(0);
        assertThat(file.tensor("b").bytes()).containsExactly(7);
    }

    @Test
    void readsAChannelFromItsPosition() throws IOException {
        Path path = folder.resolve("m");
        byte[] bytes = example().toBytes();
        byte[] shifted = new byte[bytes.length + 5];
        System.arraycopy(bytes, 0, shifted, 5, bytes.length);
        Files.write(path, shifted);
        try (SeekableByteChannel channel = Files.newByteChannel(path)) {
            assertThat(TensorFile.read(channel.position(5), "part")).isEqualTo(example());
            assertThat(channel.isOpen()).isTrue();
            assertThatThrownBy(() -> TensorFile.read(channel.position(7), "part"))
                    .isExactlyInstanceOf(ModelFormatException.class)
                    .hasMessageStartingWith("part: expected a header of at most 100000000 bytes, found ");
        }
    }

    @Test
    void theDigestIsThatOfTheBytes() throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(example().toBytes());
        assertThat(example().sha256()).isEqualTo(HexFormat.of().formatHex(digest));
        assertThat(new TensorFile(Map.of(), List.of()).sha256())
                .isNotEqualTo(example().sha256());
    }

    @Test
    void equalMeansEqualBytes() {
        StoredTensor a = StoredTensor.of("a", new int[0], new byte[1]);
        StoredTensor b = StoredTensor.of("b", new int[0], new byte[1]);
        assertThat(new TensorFile(Map.of(), List.of(a, b))).isNotEqualTo(new TensorFile(Map.of(), List.of(b, a)));
        Map<String, String> forwards = new LinkedHashMap<>();
        forwards.put("x", "1");
        forwards.put("y", "2");
        Map<String, String> backwards = new LinkedHashMap<>();
        backwards.put("y", "2");
        backwards.put("x", "1");
        assertThat(new TensorFile(forwards, List.of())).isNotEqualTo(new TensorFile(backwards, List.of()));
    }

    @Test
    void isNotChangedThroughItsCollections() {
        Map<String, String> metadata = new LinkedHashMap<>(Map.of("k", "v"));
        List<StoredTensor> tensors = new ArrayList<>(List.of(StoredTensor.of("a", new int[0], new byte[1])));
        TensorFile file = new TensorFile(metadata, tensors);
        metadata.clear();
        tensors.clear();
        assertThat(file.metadata()).hasSize(1);
        assertThat(file.tensors()).hasSize(1);
        assertThatThrownBy(() -> file.metadata().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> file.tensors().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void refusesTwoTensorsOfOneName() {
        StoredTensor tensor = StoredTensor.of("a", new int[0], new byte[1]);
        assertThatThrownBy(() -> new TensorFile(Map.of(), List.of(tensor, tensor)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("two tensors have the name \"a\"");
    }

    @Test
    void theNumberOfTensorsIsBounded() {
        List<StoredTensor> many = new ArrayList<>();
        for (int i = 0; i <= 100_000; i++) {
            many.add(StoredTensor.of(Integer.toString(i), new int[] {0}, new byte[0]));
        }
        assertThatThrownBy(() -> new TensorFile(Map.of(), many))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("100001 tensors, at most 100000 are allowed");
        TensorFile most = new TensorFile(Map.of(), many.subList(0, 100_000));
        assertThat(TensorFile.read(most.toBytes())).isEqualTo(most);
    }

    @Test
    void theLengthOfTheHeaderIsBounded() {
        assertThatThrownBy(() -> new TensorFile(Map.of("k", "x".repeat(100_000_000)), List.of()).sha256())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("a header of 1000000\\d\\d bytes, at most 100000000 are allowed");
    }

    @Test
    void aFailureWhileWritingLeavesTheOldFile() throws IOException {
        Path path = folder.resolve("m.safetensors");
        example().write(path);
        TensorFile unwritable = new TensorFile(Collections.singletonMap("k", "\ud835"), List.of());
        assertThatThrownBy(() -> unwritable.write(path)).isInstanceOf(IllegalArgumentException.class);
        assertThat(TensorFile.read(path)).isEqualTo(example());
        assertThat(folder.toFile().list()).containsExactly("m.safetensors");
    }

    @Test
    void aMissingTensorOrFileIsNamed() {
        assertThatThrownBy(() -> example().tensor("layers.7"))
                .isExactlyInstanceOf(ModelFormatException.class)
                .hasMessage("tensor \"layers.7\": missing");
        Path missing = folder.resolve("none");
        assertThatThrownBy(() -> TensorFile.read(missing))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessage(missing.toString());
    }
}
