package dev.millrace.bijection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PermutationTest {

    @Test
    void entryOfZComesFromItsSource() {
        Run run = Run.forward(Permutation.of(2, 0, 1), new double[] {10, 11, 12, 20, 21, 22});
        assertThat(run.z).containsExactly(12, 10, 11, 22, 20, 21);
        assertThat(run.logDet).containsOnly(0);
    }

    @Test
    void reversalIsItsOwnInverse() {
        assertThat(Permutation.reversal(4).source()).containsExactly(3, 2, 1, 0);
        assertThat(Permutation.reversal(4).inverted().source()).containsExactly(3, 2, 1, 0);
    }

    @Test
    void randomOrderFollowsTheSeed() {
        int[] source = Permutation.random(20, 5).source();
        assertThat(source)
                .containsExactlyInAnyOrder(IntStream.range(0, 20).toArray())
                .isEqualTo(Permutation.random(20, 5).source())
                .isNotEqualTo(Permutation.random(20, 6).source());
    }

    @Test
    void sourceMustHoldEachIndexOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Permutation.of(0, 2, 2))
                .withMessageContaining("2");
        assertThatIllegalArgumentException().isThrownBy(() -> Permutation.of(0, 3, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> Permutation.of(-1, 0));
    }

    @Test
    void sourceCannotBeChangedFromOutside() {
        int[] source = {1, 0};
        Permutation permutation = Permutation.of(source);
        source[0] = 7;
        permutation.source()[1] = 7;
        assertThat(permutation.source()).containsExactly(1, 0);
    }
}
