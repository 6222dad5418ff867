package dev.millrace.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Damaged files are refused as such, or are other valid files; nothing else comes out of the reader. */
class TensorFileFuzzTest {

    private static final int ROUNDS = 30_000;

    private static final List<byte[]> VALID = List.of(
            new TensorFile(Map.of(), List.of()).toBytes(),
            new TensorFile(
                            Map.of("k", "{\"a\":[1,2.5]}"),
                            List.of(StoredTensor.of("w", new int[] {2, 3}, new float[6])))
                    .toBytes(),
            new TensorFile(
                            Map.of("ä", "𝛼\n"),
                            List.of(
                                    StoredTensor.of("a", new int[] {3}, new byte[] {1, 2, 3}),
                                    StoredTensor.of("b", new int[] {0, 4}, new double[0]),
                                    StoredTensor.of("c", new int[0], new double[] {1.5}),
                                    StoredTensor.of("d", new int[] {1, 2}, new long[] {4, 5})))
                    .toBytes());

    @Test
    void damagedFilesAreRefusedOrValid() {
        Random random = new Random(5);
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = pick(random);
            for (int change = random.nextInt(3); change >= 0; change--) {
                bytes = damage(bytes, random);
            }
            TensorFile file;
            try {
                file = TensorFile.read(bytes);
            } catch (ModelFormatException e) {
                assertThat(e).hasMessageNotContaining("null");
                refused++;
                continue;
            }
            assertThat(TensorFile.read(file.toBytes())).isEqualTo(file);
        }
        // Both ends of the reader were reached: most damage is fatal, that to data and to names is not.
        assertThat(refused).isBetween(ROUNDS / 2, ROUNDS * 19 / 20);
    }

    private static byte[] pick(Random random) {
        return VALID.get(random.nextInt(VALID.size())).clone();
    }

    private static byte[] damage(byte[] bytes, Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> flipBits(bytes, random);
            case 1 -> changeDigit(bytes, random);
            case 2 -> swapLetters(bytes, random);
            case 3 -> Arrays.copyOf(bytes, random.nextInt(bytes.length + 9));
            case 4 -> splice(bytes, pick(random), random);
            default -> repairLength(bytes, random);
        };
    }

    private static byte[] flipBits(byte[] bytes, Random random) {
        for (int i = random.nextInt(8); i >= 0 && bytes.length > 0; i--) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return bytes;
    }

    /** Other numbers in a header that stays valid JSON reach the checks behind the parser. */
    private static byte[] changeDigit(byte[] bytes, Random random) {
        int start = bytes.length == 0 ? 0 : random.nextInt(bytes.length);
        for (int i = start; i < bytes.length; i++) {
            if (bytes[i] >= '0' && bytes[i] <= '9') {
                bytes[i] = (byte) ('0' + random.nextInt(10));
                break;
            }
        }
        return bytes;
    }

    private static byte[] swapLetters(byte[] bytes, Random random) {
        int start = bytes.length == 0 ? 0 : random.nextInt(bytes.length);
        for (int i = start; i < bytes.length; i++) {
            if (bytes[i] >= 'a' && bytes[i] <= 'z') {
                bytes[i] = (byte) ('a' + random.nextInt(26));
                break;
            }
        }
        return bytes;
    }

    private static byte[] splice(byte[] head, byte[] tail, Random random) {
        int cut = random.nextInt(head.length + 1);
        int from = random.nextInt(tail.length + 1);
        byte[] spliced = Arrays.copyOf(head, cut + tail.length - from);
        System.arraycopy(tail, from, spliced, cut, tail.length - from);
        return spliced;
    }

    /** A length that points near the header's end, so that damage inside the header is not hidden by it. */
    private static byte[] repairLength(byte[] bytes, Random random) {
        if (bytes.length < Long.BYTES) {
            return bytes;
        }
        int end = Long.BYTES;
        for (int i = Long.BYTES; i < bytes.length; i++) {
            if (bytes[i] == '}') {
                end = i + 1;
            }
        }
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(0, end - Long.BYTES + random.nextInt(2));
        return bytes;
    }
}
