package dev.millrace.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DetectionTest {

    private static final int ROWS = 2000;

    private static ColumnEncoding detect(int rows, IntToDoubleFunction value) {
        double[] values = IntStream.range(0, rows).mapToDouble(value).toArray();
        return TableEncoding.detect(Table.of(List.of("a"), values), TableEncoding.Mode.AUTO)
                .columns()
                .get(0);
    }

    private static ColumnEncoding.Discrete discrete(IntToDoubleFunction value) {
        return (ColumnEncoding.Discrete) detect(ROWS, value);
    }

    private static int random(int row, int bound) {
        return new Random(row).nextInt(bound);
    }

    @Test
    void wholeNumbers() {
        assertThat(discrete(row -> random(row, 17)))
                .isEqualTo(new ColumnEncoding.Discrete("a", 1, 0, true, 0, 16, 17, List.of()));
        assertThat(discrete(row -> 100 - 50 * (row % 3)))
                .isEqualTo(new ColumnEncoding.Discrete("a", 50, 0, true, 0, 100, 3, List.of()));
    }

    @Test
    void wholeNumbersWithoutNeighbours() {
        double[] values = {-15739, -40, -35, 0, 4, 15164};
        ColumnEncoding.Discrete column = discrete(row -> values[row % 6]);
        assertThat(column.step()).isEqualTo(1);
        assertThat(column.lattice()).isTrue();
    }

    @Test
    void latticesThatDoNotMeetZero() {
        assertThat(discrete(row -> 1 + 2 * (row % 4)))
                .isEqualTo(new ColumnEncoding.Discrete("a", 2, 1, true, 1, 7, 4, List.of()));
    }

    /** Decimals as they are read from text, so that gaps differ in their last bits. */
    @ParameterizedTest
    @CsvSource({"0.1, 1", "0.01, 2", "0.002, 3", "0.25, 2", "0.05, 2", "1e-7, 7", "1.5, 1"})
    void decimals(double step, int digits) {
        ColumnEncoding.Discrete column =
                discrete(row -> Double.parseDouble(String.format("%." + digits + "f", 223.2 + step * random(row, 90))));
        double expected = 223.2 / step == Math.rint(223.2 / step) ? 0 : column.origin();
        assertThat(column.step()).isEqualTo(step);
        assertThat(column.lattice()).isTrue();
        assertThat(column.origin()).isEqualTo(expected);
    }

    @Test
    void singlePrecisionTenths() {
        ColumnEncoding.Discrete column = discrete(row -> (float) (0.1 * (row % 8)));
        assertThat(column.lattice()).isTrue();
        assertThat(column.step()).isCloseTo(0.1, within(1e-8));
    }

    @Test
    void stepsThatAreNotDecimal() {
        ColumnEncoding.Discrete column = discrete(row -> Math.PI * (row % 50) / 7);
        assertThat(column.lattice()).isTrue();
        assertThat(column.step()).isCloseTo(Math.PI / 7, within(1e-12));
    }

    /** To three decimals anything is on a lattice; that is not what these can be. */
    @Test
    void numbersThatAreOnlyRoundedAlike() {
        double[] values = {0, 1.087, 2.173};
        ColumnEncoding.Discrete column = discrete(row -> values[row % 3]);
        assertThat(column.lattice()).isFalse();
        assertThat(column.step()).isCloseTo(1.086, within(1e-12));
        assertThat(column.values()).containsExactly(0.0, 1.087, 2.173);
    }

    @Test
    void irregularNumbers() {
        double[] values = new Random(5).doubles(40).sorted().toArray();
        double gap = IntStream.range(1, 40)
                .mapToDouble(i -> values[i] - values[i - 1])
                .min()
                .orElseThrow();
        ColumnEncoding.Discrete column = discrete(row -> values[row % 40]);
        assertThat(column.lattice()).isFalse();
        assertThat(column.step()).isEqualTo(gap);
        assertThat(column.origin()).isEqualTo(values[0]);
        assertThat(column.values()).hasSize(40);
    }

    @Test
    void manyIrregularNumbersAreNotRemembered() {
        double[] values = new Random(5).doubles(5000).toArray();
        ColumnEncoding.Discrete column = (ColumnEncoding.Discrete) detect(100_000, row -> values[row % 5000]);
        assertThat(column.distinct()).isEqualTo(5000);
        assertThat(column.values()).isEmpty();
    }

    @Test
    void oneValue() {
        for (int rows : new int[] {1, 2, ROWS}) {
            assertThat(detect(rows, row -> 0.3000001))
                    .isEqualTo(new ColumnEncoding.Discrete(
                            "a", 1, 0.3000001, false, 0.3000001, 0.3000001, 1, List.of(0.3000001)));
        }
    }

    @Test
    void zeroAndMinusZeroAreOneValue() {
        assertThat(discrete(row -> row % 2 == 0 ? 0.0 : -0.0).distinct()).isEqualTo(1);
    }

    @Test
    void theRuleIsOneValueForTwentyRows() {
        assertThat(detect(2000, row -> row % 100)).isInstanceOf(ColumnEncoding.Discrete.class);
        assertThat(detect(2000, row -> row % 101)).isInstanceOf(ColumnEncoding.Continuous.class);
        assertThat(detect(1999, row -> row % 100)).isInstanceOf(ColumnEncoding.Continuous.class);
        assertThat(detect(10, row -> row % 2)).isInstanceOf(ColumnEncoding.Continuous.class);
        assertThat(detect(2000, row -> new Random(row).nextDouble())).isInstanceOf(ColumnEncoding.Continuous.class);
    }

    @Test
    void hugeAndTinyNumbers() {
        assertThat(discrete(row -> 1e300 * (row % 4)).step()).isEqualTo(1e300);
        assertThat(discrete(row -> row % 2 == 0 ? Double.MAX_VALUE : Double.MIN_VALUE)
                        .step())
                .isEqualTo(Double.MAX_VALUE);
        assertThat(discrete(row -> 1e-300 * (row % 4)).step()).isEqualTo(1e-300);
        assertThat(discrete(row -> 1e15 + row % 5).step()).isEqualTo(1);
        assertThat(detect(ROWS, row -> row % 2 == 0 ? Double.MAX_VALUE : -Double.MAX_VALUE))
                .isInstanceOf(ColumnEncoding.Continuous.class);
    }

    /** Adding noise to them gives the same number again, and a density may then rise there without bound. */
    @Test
    void refusesValuesThatNoiseOfTheStepDoesNotChange() {
        double[] netCdf = {0, 0.1, 9.969209968386869E36};
        assertThatThrownBy(() -> discrete(row -> netCdf[row % 3]))
                .isInstanceOf(DataException.class)
                .hasMessage("column 'a' takes 3 distinct values; noise of its step, 0.1, is lost to rounding in"
                        + " 9.969209968386869E36, so the column cannot be dequantised. If that value stands for a missing"
                        + " one, empty its cells and read with --missing drop; else leave the column out with --exclude,"
                        + " or take it as continuous with --dequantize none");
        double[] negative = {-1e30, 1, 2, 3, 4};
        assertThatThrownBy(() -> discrete(row -> negative[row % 5]))
                .hasMessageContainingAll("takes 5 distinct values", "step, 1,", "rounding in -1.0E30");
        assertThatThrownBy(() -> discrete(row -> 1e17))
                .hasMessageStartingWith(
                        "column 'a' has the same value in every training row, 1.0E17; noise of its step, 1, is");
        // How the smallest doubles are written, JDKs do not agree.
        assertThatThrownBy(() -> discrete(row -> Double.MIN_VALUE * (row % 3)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("is lost to rounding in ");
    }

    /** One step is then at least 8 units in the last place of each value. */
    @Test
    void takesValuesThatNoiseOfTheStepChanges() {
        for (double largest : new double[] {1e15, -1e15, 0x1p52 / 8, 99_999}) {
            ColumnEncoding.Discrete column = discrete(row -> row % 2 == 0 ? 1 : largest - row % 3);
            for (long random = 0; random < 100; random++) {
                long bits = SplitMix.absorb(random, 1);
                double noisy = column.dequantised(largest, bits);
                assertThat(Math.abs(noisy - largest)).isLessThanOrEqualTo(0.5);
            }
            assertThat(column.step()).isEqualTo(1);
            assertThat(column.dequantised(largest, -1)).isNotEqualTo(largest);
        }
        assertThat(discrete(row -> 1e14).step()).isEqualTo(1);
    }

    @Test
    void doesNotLookWhereNothingIsDequantised() {
        Table table = Table.of(List.of("a"), new double[] {1e17, 1e17});
        assertThat(TableEncoding.detect(table, TableEncoding.Mode.NONE).columns())
                .containsExactly(new ColumnEncoding.Continuous("a"));
    }

    @Test
    void looksAtEachColumnOfTheTable() {
        double[] values = new Random(4).doubles(3 * ROWS).toArray();
        for (int row = 0; row < ROWS; row++) {
            values[3 * row + 1] = row % 7;
        }
        Table table = Table.of(List.of("a", "b", "c"), values);
        TableEncoding encoding = TableEncoding.detect(table, TableEncoding.Mode.AUTO);
        assertThat(encoding.columns().get(0)).isEqualTo(new ColumnEncoding.Continuous("a"));
        assertThat(encoding.columns().get(1)).isInstanceOf(ColumnEncoding.Discrete.class);
        assertThat(encoding.columns().get(2)).isEqualTo(new ColumnEncoding.Continuous("c"));
        assertThat(encoding.names()).containsExactly("a", "b", "c");
        assertThat(TableEncoding.detect(table, TableEncoding.Mode.NONE).columns())
                .containsExactly(
                        new ColumnEncoding.Continuous("a"),
                        new ColumnEncoding.Continuous("b"),
                        new ColumnEncoding.Continuous("c"));
    }

    @Test
    void refusesWhatItCannotLookAt() {
        assertThatThrownBy(() -> detect(0, row -> 0)).hasMessageContaining("no rows");
        assertThatThrownBy(() -> detect(3, row -> Double.NaN)).hasMessageContaining("row 0, column 'a' is NaN");
    }

    @Test
    void describesItselfInSentences() {
        double[] few = {0, 1.087, 2.173};
        double[] values = new double[4 * ROWS];
        for (int row = 0; row < ROWS; row++) {
            values[4 * row] = few[row % 3];
            values[4 * row + 1] = new Random(row).nextDouble();
            values[4 * row + 2] = 5;
            values[4 * row + 3] = 0.1 * (row % 9);
        }
        TableEncoding encoding =
                TableEncoding.detect(Table.of(List.of("x9", "b", "c", "d"), values), TableEncoding.Mode.AUTO);
        assertThat(encoding.describe())
                .containsExactly(
                        "column 'x9' takes 3 distinct values; dequantised uniformly with step 1.086",
                        "column 'c' has the same value in every training row, 5; dequantised uniformly with step 1",
                        "column 'd' takes 9 distinct values; dequantised uniformly with step 0.1");
        assertThat(encoding.wholeColumns()).containsExactly("c");
    }
}
