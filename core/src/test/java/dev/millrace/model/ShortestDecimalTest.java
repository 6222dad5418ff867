package dev.millrace.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShortestDecimalTest {

    @ParameterizedTest
    @CsvSource({
        "0x0p0, 0.0",
        "-0x0p0, -0.0",
        "0x1p0, 1.0",
        "-0x1.8p0, -1.5",
        "100.0, 100.0",
        "0.1, 0.1",
        "0.002, 0.002",
        "0.000001, 0.000001",
        "0.0000012, 0.0000012",
        "0.0000001, 1E-7",
        "0.00000012, 1.2E-7",
        "1e15, 1000000000000000.0",
        "1e16, 1E+16",
        "0x1p53, 9007199254740992.0",
        "12345678901234568.0, 12345678901234568.0",
        // Java before 19 writes 1.9999999999999998E23 and 4.9E-324.
        "2e23, 2E+23",
        "5e-324, 5E-324",
        "2.2250738585072014E-308, 2.2250738585072014E-308",
        "1.7976931348623157E308, 1.7976931348623157E+308",
        // A power of two whose nearest decimal of 16 digits, 5.684341886080801E-14, reads back as its neighbour.
        "0x1p-44, 5.684341886080802E-14",
        "0.3, 0.3",
        "0.30000000000000004, 0.30000000000000004"
    })
    void knownNumbers(String value, String text) {
        assertThat(ShortestDecimal.of(Double.parseDouble(value))).isEqualTo(text);
    }

    @Test
    void readsBackWithNoMoreDigitsThanNeeded() {
        Random random = new Random(3);
        // Powers of two are where the doubles below and above lie differently far apart.
        for (int exponent = Double.MIN_EXPONENT - 52; exponent <= Double.MAX_EXPONENT; exponent++) {
            check(Math.scalb(1.0, exponent));
            check(Double.longBitsToDouble(random.nextLong() & ~(1L << 62)));
            check(random.nextGaussian());
        }
    }

    private static void check(double value) {
        String text = ShortestDecimal.of(value);
        assertThat(Double.parseDouble(text)).isEqualTo(value);
        assertThat(digits(text)).isLessThanOrEqualTo(digits(Double.toString(value)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void refusesWhatJsonDoesNotHave(double value) {
        assertThatThrownBy(() -> ShortestDecimal.of(value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no JSON number for " + value);
    }

    private static int digits(String number) {
        return new BigDecimal(number).stripTrailingZeros().precision();
    }
}
