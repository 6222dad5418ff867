package dev.millrace.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.kernel.SplitMix;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RowOrderTest {

    @Test
    void dataOfModestSizeKeepsTheFullShuffle() {
        assertThat(RowOrder.of(7, 3, 1000, 5)).isEqualTo(new SplitMix(7, 3).permutation(1000));
    }

    @Test
    void blockedOrderHasEachRowOnceAndKeepsItsWindowsTogether() {
        int rows = 1003;
        int[] order = RowOrder.blocked(new SplitMix(1, 0), rows, 10, 8);

        assertThat(Arrays.stream(order).sorted().toArray())
                .isEqualTo(IntStream.range(0, rows).toArray());
        // A window is 80 rows of 8 blocks; after the one with the short last block, windows begin 7 rows earlier.
        for (int from = 0; from + 80 <= rows; from += 80) {
            assertThat(Arrays.stream(order, from, from + 80)
                            .map(row -> row / 10)
                            .distinct()
                            .count())
                    .isBetween(8L, 16L);
        }
    }

    @Test
    void rowsMixWithinAWindowAndBlocksAllOverTheData() {
        int[] order = RowOrder.blocked(new SplitMix(2, 0), 10_000, 10, 50);
        int[] first = Arrays.copyOf(order, 500);

        assertThat(Arrays.stream(first).min().getAsInt()).isLessThan(1000);
        assertThat(Arrays.stream(first).max().getAsInt()).isGreaterThan(9000);
        long neighbours = IntStream.range(1, 500)
                .filter(i -> first[i] == first[i - 1] + 1)
                .count();
        // About one of 500 in a fair shuffle, 450 if blocks stayed whole.
        assertThat(neighbours).isLessThan(10);
    }

    @Test
    void epochsAndSeedsDifferAndRepeat() {
        int rows = 9_000_000;
        int[] order = RowOrder.of(1, 0, rows, 32);

        assertThat(Arrays.equals(order, RowOrder.of(1, 0, rows, 32))).isTrue();
        assertThat(Arrays.equals(order, RowOrder.of(1, 1, rows, 32))).isFalse();
        assertThat(Arrays.equals(order, RowOrder.of(2, 0, rows, 32))).isFalse();
        assertThat(Arrays.equals(order, new SplitMix(1, 0).permutation(rows))).isFalse();
    }
}
