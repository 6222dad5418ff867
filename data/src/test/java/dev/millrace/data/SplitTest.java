package dev.millrace.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SplitTest {

    @ParameterizedTest
    @CsvSource({"2,0.1,0", "3,0.1,0.1", "10,0.2,0.3", "101,0.1,0.25", "1000,0,0.5", "1000,0,0", "1,0,0"})
    void everyRowIsInExactlyOnePart(int rows, double validation, double test) {
        Split split = Split.of(rows, validation, test, 7);
        int[] all = Stream.of(split.train(), split.validation(), split.test())
                .flatMapToInt(IntStream::of)
                .sorted()
                .toArray();
        assertThat(all).isEqualTo(IntStream.range(0, rows).toArray());
        assertThat(split.train()).isNotEmpty().isSorted();
        assertThat(split.validation()).isSorted().hasSize(expected(rows, validation));
        assertThat(split.test()).isSorted().hasSize(expected(rows, test));
    }

    private static int expected(int rows, double fraction) {
        return fraction == 0 ? 0 : (int) Math.max(1, Math.round(rows * fraction));
    }

    /** The rows were computed by a few lines of Python that follow the description of the algorithm. */
    @Test
    void theSameSeedGivesTheSameSplitForEver() {
        assertThat(Split.of(10, 0.2, 0.2, 42).validation()).containsExactly(3, 8);
        assertThat(Split.of(10, 0.2, 0.2, 42).test()).containsExactly(2, 4);
    }

    @Test
    void anotherSeedGivesAnotherSplit() {
        assertThat(Split.of(1000, 0.5, 1).validation())
                .isNotEqualTo(Split.of(1000, 0.5, 2).validation());
    }

    @Test
    void everyRowIsAsLikelyToBeHeldOut() {
        int[] heldOut = new int[20];
        int seeds = 10_000;
        for (int seed = 0; seed < seeds; seed++) {
            Arrays.stream(Split.of(20, 0.25, seed).validation()).forEach(row -> heldOut[row]++);
        }
        // The standard deviation is sqrt(10,000 × 1/4 × 3/4) = 43.
        assertThat(Arrays.stream(heldOut).boxed())
                .allSatisfy(count -> assertThat(count).isCloseTo(seeds / 4, within(5 * 43)));
    }

    @Test
    void eitherOfTwoRowsMayBeHeldOut() {
        assertThat(IntStream.range(0, 100).map(seed -> Split.of(2, 0.5, seed).validation()[0]))
                .contains(0, 1);
    }

    @Test
    void aPartCannotBeChangedFromOutside() {
        Split split = Split.of(10, 0.2, 1);
        int[] train = split.train();
        train[0] = 99;
        assertThat(split.train()[0]).isNotEqualTo(99);
    }

    @Test
    void saysWhyItCannotSplit() {
        assertThatThrownBy(() -> Split.of(1, 0.1, 1)).hasMessageContaining("too few rows to split, 1");
        assertThatThrownBy(() -> Split.of(2, 0.1, 0.1, 1)).hasMessageContaining("too few rows");
        assertThatThrownBy(() -> Split.of(0, 0, 1)).hasMessageContaining("too few rows");
        assertThatThrownBy(() -> Split.of(100, 0.5, 0.5, 1)).hasMessageContaining("nothing to train on");
        assertThatThrownBy(() -> Split.of(100, 1, 1)).hasMessageContaining("validation is 1.0");
        assertThatThrownBy(() -> Split.of(100, 0, -0.1, 1)).hasMessageContaining("test is -0.1");
        assertThatThrownBy(() -> Split.of(100, Double.NaN, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
