package dev.millrace.bijection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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

    /** A pixel's channels are in one half. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void checkerboardIsThatOfOtherProjects(int channels) {
        JsonNode mask = Conformance.read("partitions.json").get("checkerboard4x4");
        Partition partition = Partition.checkerboard(Shape.of(4, 4, channels));
        List<Integer> a = new ArrayList<>();
        List<Integer> b = new ArrayList<>();
        for (int i = 0; i < 16 * channels; i++) {
            int pixel = i / channels;
            (mask.get(pixel / 4).get(pixel % 4).intValue() == 1 ? a : b).add(i);
        }
        assertThat(a).hasSize(8 * channels);
        assertThat(partition.untouched())
                .containsExactly(a.stream().mapToInt(i -> i).toArray());
        assertThat(partition.transformed())
                .containsExactly(b.stream().mapToInt(i -> i).toArray());
        assertThat(partition.exchanged().untouched())
                .containsExactly(b.stream().mapToInt(i -> i).toArray());
        assertThat(partition.exchanged().transformed())
                .containsExactly(a.stream().mapToInt(i -> i).toArray());
    }

    @Test
    void checkerboardsMayBeOdd() {
        assertThat(Partition.checkerboard(Shape.of(3, 3, 1)).untouched()).containsExactly(1, 3, 5, 7);
        assertThat(Partition.checkerboard(Shape.of(1, 2, 2)).untouched()).containsExactly(2, 3);
    }

    @Test
    void channelsAreHalvedInEveryPixel() {
        Partition partition = Partition.firstChannels(Shape.of(1, 2, 4));
        assertThat(partition.untouched()).containsExactly(0, 1, 4, 5);
        assertThat(partition.transformed()).containsExactly(2, 3, 6, 7);
        assertThat(partition.exchanged().untouched()).containsExactly(2, 3, 6, 7);
        assertThat(Partition.firstChannels(Shape.of(2, 1, 3)).untouched()).containsExactly(0, 1, 3, 4);
    }

    @Test
    void partitionsOfTheLeadingEntriesLeaveTheRestAlone() {
        Partition partition = Partition.even(4).within(7);
        assertThat(partition.dimension()).isEqualTo(7);
        assertThat(partition.untouched()).containsExactly(0, 2);
        assertThat(partition.transformed()).containsExactly(1, 3);
        assertThat(partition.exchanged().untouched()).containsExactly(1, 3);
        assertThat(partition.exchanged().dimension()).isEqualTo(7);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Partition.even(4).within(3))
                .withMessageContaining("not 3");
    }

    @Test
    void impossibleImagesAreErrors() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Partition.checkerboard(Shape.of(1, 1, 3)))
                .withMessageContaining("at least 2 pixels, not the image [1, 1, 3]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Partition.firstChannels(Shape.of(2, 2, 1)))
                .withMessageContaining("[2, 2, 1]")
                .withMessageContaining("squeeze");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Partition.checkerboard(Shape.of(4)))
                .withMessageContaining("[4]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Partition.of(3, new int[] {0, 1}, new int[] {1}))
                .withMessageContaining("not 1");
        assertThatIllegalArgumentException().isThrownBy(() -> Partition.of(3, new int[] {0, 1}, new int[0]));
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
