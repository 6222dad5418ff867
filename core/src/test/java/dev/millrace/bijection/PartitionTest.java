package dev.millrace.bijection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionTest {

    private static void assertUntouched(Partition partition, String maskName) {
        JsonNode mask = Conformance.read("partitions.json").get(maskName);
        assertThat(partition.dimension()).isEqualTo(mask.size());
        int a = 0;
        int b = 0;
        for (int i = 0; i < mask.size(); i++) {
            int index = mask.get(i).intValue() == 1
                    ? partition.untouched()[a++]
                    : partition.transformed()[b++];
            assertThat(index).isEqualTo(i);
        }
    }

    @Test
    void masksAreThoseOfOtherProjects() {
        assertUntouched(Partition.even(5), "alternatingEven5");
        assertUntouched(Partition.even(5).exchanged(), "alternatingOdd5");
        assertUntouched(Partition.firstHalf(5), "half5");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 7, 16})
    void everyEntryIsInOneHalf(int dimension) {
        for (Partition partition : new Partition[] {
            Partition.firstHalf(dimension),
            Partition.even(dimension),
            Partition.even(dimension).exchanged()
        }) {
            assertThat(partition.transformed()).isNotEmpty();
            assertThat(IntStream.concat(Arrays.stream(partition.untouched()), Arrays.stream(partition.transformed())))
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, dimension).boxed().toList());
        }
    }

    @Test
    void exchangingSwapsTheHalves() {
        Partition partition = Partition.untouched(4, 3, 1);
        assertThat(partition.untouched()).containsExactly(1, 3);
        assertThat(partition.transformed()).containsExactly(0, 2);
        assertThat(partition.exchanged().untouched()).containsExactly(0, 2);
        assertThat(partition.exchanged().transformed()).containsExactly(1, 3);
    }

    @Test
    void singleEntryIsAlwaysTransformed() {
        assertThat(Partition.firstHalf(1).transformed()).containsExactly(0);
        assertThat(Partition.even(1).transformed()).containsExactly(0);
        assertThat(Partition.even(1).exchanged().transformed()).containsExactly(0);
    }

    @Test
    void impossiblePartitionsAreErrors() {
        assertThatIllegalArgumentException().isThrownBy(() -> Partition.firstHalf(0));
        assertThatIllegalArgumentException().isThrownBy(() -> Partition.even(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> Partition.untouched(2, 0, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Partition.untouched(3, 3))
                .withMessageContaining("not 3");
        assertThatIllegalArgumentException().isThrownBy(() -> Partition.untouched(3, -1));
        assertThatIllegalArgumentException().isThrownBy(() -> Partition.untouched(3, 1, 1));
    }

    @Test
    void indicesCannotBeChangedFromOutside() {
        Partition partition = Partition.firstHalf(4);
        partition.untouched()[0] = 3;
        partition.transformed()[0] = 0;
        assertThat(partition.untouched()).containsExactly(0, 1);
        assertThat(partition.transformed()).containsExactly(2, 3);
    }
}
