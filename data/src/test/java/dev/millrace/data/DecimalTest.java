package dev.millrace.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalTest {

    private static double parse(String text) {
        String padded = "9" + text + "9";
        return Decimal.parse(padded.toCharArray(), 1, text.length());
    }

    private static void assertRounded(String text) {
        assertThat(Double.doubleToRawLongBits(parse(text)))
                .as(text)
                .isEqualTo(Double.doubleToRawLongBits(Double.parseDouble(text)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "+0",
                "0.0",
                "-0.000",
                "1",
                "-1",
                "+1",
                "007",
                "5.",
                ".5",
                "-.5e1",
                "1e5",
                "1E+5",
                "1e-5",
                "0.1",
                "3.14159",
                "9007199254740993",
                "9007199254740992",
                "9007199254740991",
                "9007199254740993e-3",
                "18446744073709551615",
                "18446744073709551616",
                "9999999999999999999",
                "99999999999999999999",
                "0.000000000000000000000000000001234",
                "000000000000000000000000000001234",
                "00000000000000000000.000000000000000000001234",
                "1e22",
                "1e23",
                "1e-22",
                "1e-23",
                "1e64",
                "1e65",
                "1e-64",
                "1e-65",
                "9999999999999999999e64",
                "9999999999999999999e-64",
                "1e308",
                "1.8e308",
                "1e999",
                "-1e999",
                "4.9e-324",
                "1e-400",
                "2.2250738585072011e-308",
                "1e1000000000000",
                "0e999999999999",
                "1.00000000000000011102230246251565404236316680908203125",
                "8.5",
                "0.5000000000000000277555756156289135"
            })
    void roundsAsTheJdkDoes(String text) {
        assertRounded(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "+",
                ".",
                "-.",
                "e5",
                ".e5",
                "1e",
                "1e+",
                "1e-",
                "1e5.",
                "1 ",
                " 1",
                "1d",
                "1f",
                "0x10",
                "1_000",
                "1,5",
                "--1",
                "1-",
                "NaN",
                "Infinity",
                "inf",
                "1e5e5",
                "1.2.3",
                "١",
                "1\u0000"
            })
    void isNoNumber(String text) {
        assertThat(parse(text)).isNaN();
    }

    @Test
    void roundsRandomDecimals() {
        Random random = new Random(1);
        for (int i = 0; i < 200_000; i++) {
            int digits = 1 + random.nextInt(20);
            StringBuilder text = new StringBuilder(random.nextBoolean() ? "-" : "");
            int point = random.nextInt(digits + 1);
            for (int d = 0; d < digits; d++) {
                text.append(d == point ? "." : "").append(random.nextInt(10));
            }
            if (random.nextBoolean()) {
                text.append('e').append(random.nextInt(180) - 90);
            }
            assertRounded(text.toString());
        }
    }

    @Test
    void roundsWhatDoublesPrint() {
        Random random = new Random(2);
        for (int i = 0; i < 100_000; i++) {
            assertRounded(Double.toString(random.nextGaussian() * Math.pow(10, random.nextInt(9) - 4)));
            assertRounded(Double.toString(Math.scalb(1 + random.nextDouble(), random.nextInt(400) - 200)));
            assertRounded(Float.toString((float) random.nextGaussian()));
        }
    }

    @Test
    void roundsWhatLiesBetweenTwoDoublesOrNextToIt() {
        Random random = new Random(3);
        int short19 = 0;
        for (int i = 0; i < 100_000; i++) {
            // m + 1/2 for a 53-bit m, times a power of two that leaves few decimal digits.
            long odd = (1L << 52 | random.nextLong() >>> 12) << 1 | 1;
            BigDecimal half = new BigDecimal(BigInteger.valueOf(odd));
            int twos = random.nextInt(12) - 4;
            half = twos < 0
                    ? half.divide(new BigDecimal(BigInteger.ONE.shiftLeft(-twos)))
                    : half.multiply(new BigDecimal(BigInteger.ONE.shiftLeft(twos)));
            assertRounded(half.toString());
            assertRounded(half.add(half.ulp()).toString());
            assertRounded(half.subtract(half.ulp()).toString());
            short19 += half.precision() <= 19 ? 1 : 0;
        }
        // Or the test would not test the short way.
        assertThat(short19).isGreaterThan(10_000);
    }
}
