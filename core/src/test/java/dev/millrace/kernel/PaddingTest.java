package dev.millrace.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaddingTest {

    @ParameterizedTest
    @CsvSource({"0,0", "1,16", "15,16", "16,16", "17,32", "1000,1008"})
    void rowsAreWholeVectors(int width, int stride) {
        assertThat(Padding.stride(width)).isEqualTo(stride);
    }

    @ParameterizedTest
    @CsvSource({"240,240,240", "250,256,272", "256,256,272", "384,384,384", "1024,1024,1040"})
    void rowsKeepOffMultiplesOfAKilobyte(int width, int padded, int stride) {
        assertThat(Padding.padded(width)).isEqualTo(padded);
        assertThat(Padding.stride(width)).isEqualTo(stride);
    }

    @Test
    void aWidthBeyondArraysIsAnError() {
        assertThatThrownBy(() -> Padding.stride(Integer.MAX_VALUE)).isInstanceOf(ArithmeticException.class);
    }
}
