package dev.millrace.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TableEncodingTest {

    private static final ColumnEncoding.Discrete WHOLE =
            new ColumnEncoding.Discrete("whole", 1, 0, true, -3, 16, 20, List.of());
    private static final ColumnEncoding.Discrete TENTHS =
            new ColumnEncoding.Discrete("tenths", 0.1, 0, true, -1, 20, 200, List.of());
    private static final ColumnEncoding.Discrete THREE =
            new ColumnEncoding.Discrete("three", 1.086, 0, false, 0, 2.173, 3, List.of(0.0, 1.087, 2.173));
    private static final ColumnEncoding.Discrete FORGOTTEN =
            new ColumnEncoding.Discrete("forgotten", 0.01, 0, false, 0, 9, 9999, List.of());
    private static final ColumnEncoding FREE = new ColumnEncoding.Continuous("free");
    private static final TableEncoding ENCODING = new TableEncoding(List.of(FREE, WHOLE, TENTHS));

    private static double[] training(long seed, int epoch, long row, double... values) {
        ENCODING.encodeTraining(values, 0, seed, epoch, row);
        return values;
    }

    private static double[] scoring(long seed, double... values) {
        ENCODING.encodeScoring(values, 0, seed);
        return values;
    }

    @Test
    void noiseOfTrainingDependsOnSeedEpochAndRowAlone() {
        double[] once = training(1, 2, 3, 0.5, 4, 0.7);
        assertThat(training(1, 2, 3, 0.5, 4, 0.7)).isEqualTo(once);
        assertThat(training(1, 2, 3, 9.5, 4, 0.9)[1]).isEqualTo(once[1]);
        assertThat(List.of(
                        training(0, 2, 3, 0.5, 4, 0.7), training(1, 3, 3, 0.5, 4, 0.7), training(1, 2, 4, 0.5, 4, 0.7)))
                .allSatisfy(other -> {
                    assertThat(other[0]).isEqualTo(0.5);
                    assertThat(other[1]).isNotEqualTo(once[1]);
                    assertThat(other[2]).isNotEqualTo(once[2]);
                });
        assertThat((once[1] - 4) / 1).isNotEqualTo((once[2] - 0.7) / 0.1);
        assertThat(training(2, 1, 3, 0.5, 4, 0.7)).isNotEqualTo(once);
    }

    @Test
    void noiseOfScoringDependsOnSeedAndValuesAlone() {
        double[] once = scoring(1, 0.5, 4, 0.7);
        assertThat(scoring(1, 0.5, 4, 0.7)).isEqualTo(once);
        double[] elsewhere = {9, 9, 0.5, 4, 0.7, 9};
        ENCODING.encodeScoring(elsewhere, 2, 1);
        assertThat(elsewhere).containsExactly(9, 9, once[0], once[1], once[2], 9);
        assertThat(scoring(2, 0.5, 4, 0.7)[1]).isNotEqualTo(once[1]);
        assertThat(scoring(1, Math.nextUp(0.5), 4, 0.7)[1]).isNotEqualTo(once[1]);
        assertThat(scoring(1, 0.5, 4, 0.8)[1]).isNotEqualTo(once[1]);
        assertThat(scoring(1, 0.5, -0.0, 0.7)).isEqualTo(scoring(1, 0.5, 0.0, 0.7));
        assertThat(once[1]).isNotEqualTo(training(1, 0, 0, 0.5, 4, 0.7)[1]);
    }

    /** So that a stored score can be reproduced by any later version. Computed by an independent Python program. */
    @Test
    void noiseNeverChanges() {
        assertThat(training(42, 1, 7, 0, 0, 0)).containsExactly(0, 0.4679876125355017, -0.008906957554090612);
        assertThat(scoring(42, 0.5, 3, 0.25)).containsExactly(0.5, 3.407337110886591, 0.25983322407393644);
    }

    @Test
    void noiseIsUniform() {
        int draws = 100_000;
        assertUniform(draws, i -> training(7, 0, i, 0, 0, 0)[1] + 0.5);
        assertUniform(draws, i -> training(7, i, 0, 0, 0, 0)[1] + 0.5);
        assertUniform(draws, i -> training(i, 0, 0, 0, 0, 0)[1] + 0.5);
        assertUniform(draws, i -> training(7, 0, i, 0, 0, 0)[2] / 0.1 + 0.5);
        assertUniform(draws, i -> scoring(7, i, 3, 0.1)[1] - 3 + 0.5);
        assertUniform(draws, i -> scoring(i, 0, 3, 0.1)[1] - 3 + 0.5);
    }

    /** Kolmogorov and Smirnov's test at the level 10^-6, and correlation of neighbours beyond 5 deviations. */
    private static void assertUniform(int draws, IntToDoubleFunction draw) {
        double[] noise = IntStream.range(0, draws).mapToDouble(draw).toArray();
        double product = 0;
        for (int i = 1; i < draws; i++) {
            product += (noise[i] - 0.5) * (noise[i - 1] - 0.5) * 12;
        }
        assertThat(Math.abs(product) / Math.sqrt(draws)).isLessThan(5);
        Arrays.sort(noise);
        assertThat(noise[0]).isNotNegative();
        assertThat(noise[draws - 1]).isLessThan(1 + 1e-9);
        double distance = 0;
        for (int i = 0; i < draws; i++) {
            distance = Math.max(distance, Math.max(noise[i] - i / (double) draws, (i + 1) / (double) draws - noise[i]));
        }
        assertThat(distance * Math.sqrt(draws)).isLessThan(2.7);
    }

    @Test
    void whatWasEncodedDecodesToItself() {
        TableEncoding encoding = new TableEncoding(List.of(WHOLE, FREE, THREE, TENTHS));
        double[] known = {0, 1.087, 2.173};
        for (int i = 0; i < 1000; i++) {
            // As read from text: 0.3, not 3 × 0.1.
            double[] row = {i % 20 - 3, i / 7.0, known[i % 3], (i % 211 - 10) / 10.0};
            double[] changed = new double[6];
            System.arraycopy(row, 0, changed, 1, 4);
            encoding.encodeTraining(changed, 1, 5, 0, i);
            assertThat(changed[1]).isNotEqualTo(row[0]).isBetween(row[0] - 0.5, row[0] + 0.5);
            assertThat(changed[3]).isBetween(row[2] - 0.543, row[2] + 0.543);
            encoding.decode(changed, 1);
            assertThat(Arrays.copyOfRange(changed, 1, 5)).containsExactly(row);
            assertThat(changed[0]).isZero();
            assertThat(changed[5]).isZero();
        }
    }

    @Test
    void decodesToValuesTheColumnCouldHave() {
        TableEncoding encoding = new TableEncoding(List.of(FREE, WHOLE, TENTHS, THREE, FORGOTTEN));
        double[][] cases = {
            {-99, -99, -99, -99, -99}, {-99, -3, -1, 0, 0},
            {1e300, 1e300, 1e300, 1e300, 1e300}, {1e300, 16, 20, 2.173, 9},
            {0.123, 15.4, 0.34, 1.6, 1.234}, {0.123, 15, 0.3, 1.087, 1.234},
            {0.123, -0.3, -0.04, 1.7, 0.5}, {0.123, 0, 0, 2.173, 0.5},
        };
        for (int i = 0; i < cases.length; i += 2) {
            double[] row = cases[i].clone();
            encoding.decode(row, 0);
            // By bits: no −0.
            assertThat(row).containsExactly(cases[i + 1]);
        }
    }

    @Test
    void offsetsThatAreNotWholeStepsAreKept() {
        ColumnEncoding.Discrete odd = new ColumnEncoding.Discrete("odd", 2, 1, true, 1, 9, 5, List.of());
        TableEncoding encoding = new TableEncoding(List.of(odd));
        double[] row = {3.9};
        encoding.decode(row, 0);
        assertThat(row).containsExactly(3);
        assertThat(encoding.wholeColumns()).containsExactly("odd");
    }

    @Test
    void refusesRowsThatAreTooShort() {
        assertThatThrownBy(() -> ENCODING.encodeTraining(new double[3], 1, 0, 0, 0))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> ENCODING.encodeScoring(new double[2], 0, 0))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> ENCODING.decode(new double[3], -1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> new TableEncoding(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TableEncoding(List.of(FREE, FREE))).hasMessageContaining("'free'");
    }
}
