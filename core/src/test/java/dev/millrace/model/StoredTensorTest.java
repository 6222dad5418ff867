package dev.millrace.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StoredTensorTest {

    @Test
    void isNotChangedThroughItsArrays() {
        int[] shape = {2};
        float[] data = {1, 2};
        StoredTensor tensor = StoredTensor.of("t", shape, data);
        shape[0] = 9;
        data[0] = 9;
        tensor.shape()[0] = 9;
        tensor.floats()[0] = 9;
        assertThat(tensor.shape()).containsExactly(2);
        assertThat(tensor.floats()).containsExactly(1, 2);

        byte[] bytes = {1, 2};
        StoredTensor raw = StoredTensor.of("t", new int[] {2}, bytes);
        bytes[0] = 9;
        raw.bytes()[0] = 9;
        assertThat(raw.bytes()).containsExactly(1, 2);
    }

    @Test
    void isEqualIfItsBitsAre() {
        StoredTensor tensor = StoredTensor.of("t", new int[] {1}, new double[] {0.0});
        assertThat(tensor)
                .isEqualTo(StoredTensor.of("t", new int[] {1}, new double[] {0.0}))
                .hasSameHashCodeAs(StoredTensor.of("t", new int[] {1}, new double[] {0.0}))
                .isNotEqualTo(StoredTensor.of("t", new int[] {1}, new double[] {-0.0}))
                .isNotEqualTo(StoredTensor.of("t", new int[] {1, 1}, new double[] {0.0}))
                .isNotEqualTo(StoredTensor.of("u", new int[] {1}, new double[] {0.0}))
                .isNotEqualTo(StoredTensor.of("t", new int[] {1}, new long[] {0}))
                .hasToString("t F64[1]");
    }

    static List<Arguments> mistakes() {
        StoredTensor floats = StoredTensor.of("w", new int[0], new float[1]);
        StoredTensor bytes = StoredTensor.of("w", new int[0], new byte[1]);
        return List.of(
                mistake(
                        () -> StoredTensor.of("w", new int[] {2, 3}, new float[5]),
                        "\"w\": the shape [2, 3] has 6 elements, the array has 5"),
                mistake(
                        () -> StoredTensor.of("w", new int[0], new long[0]),
                        "\"w\": the shape [] has 1 elements, the array has 0"),
                mistake(() -> StoredTensor.of("w", new int[] {-1}, new byte[0]), "the dimension -1 is negative"),
                mistake(() -> StoredTensor.of("w", new int[9], new byte[0]), "9 dimensions, at most 8 are allowed"),
                mistake(
                        () -> StoredTensor.of("w", new int[] {65536, 65536, 65536, 65536}, new double[0]),
                        "F64 of shape [65536, 65536, 65536, 65536] takes more than the 2147483639 bytes of the largest"
                                + " array"),
                mistake(
                        () -> StoredTensor.of("x".repeat(1001), new int[0], new byte[1]),
                        "a name of 1001 characters, at most 1000 are allowed"),
                mistake(
                        () -> StoredTensor.of("__metadata__", new int[0], new byte[1]),
                        "the name __metadata__ is reserved"),
                mistake(
                        () -> StoredTensor.of("\ud835", new int[0], new byte[1]),
                        "a name with a surrogate without its partner: \"?\""),
                mistake(floats::doubles, "tensor \"w\": expected elements of type F64, found F32"),
                mistake(floats::longs, "tensor \"w\": expected elements of type I64, found F32"),
                mistake(floats::bytes, "tensor \"w\": expected elements of type U8, found F32"),
                mistake(bytes::floats, "tensor \"w\": expected elements of type F32, found U8"));
    }

    private static Arguments mistake(ThrowingCallable call, String message) {
        return Arguments.of(call, message);
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("mistakes")
    void refuses(ThrowingCallable call, String message) {
        assertThatThrownBy(call)
                .isInstanceOfAny(IllegalArgumentException.class, ModelFormatException.class)
                .hasMessage(message);
    }
}
