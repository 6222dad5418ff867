package dev.millrace.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MemoryTest {

    @Test
    void arraysHaveTheRequestedLengthAndBeginWithZeros() {
        for (Memory memory : new Memory[] {Memory.kept(), Memory.shared()}) {
            assertThat(memory.floats(3)).containsExactly(0, 0, 0);
            assertThat(memory.doubles(2)).containsExactly(0, 0);
            assertThat(memory.ints(1)).containsExactly(0);
            assertThat(memory.floats(0)).isEmpty();
        }
    }

    @Test
    void keptMemoryNeverGivesAnArrayTwice() {
        Memory memory = Memory.kept();
        float[] first = memory.floats(4);
        memory.nextLayer();
        assertThat(memory.floats(4)).isNotSameAs(first);
    }

    @Test
    void sharedMemoryGivesALayersArraysToTheNext() {
        Memory memory = Memory.shared();
        float[] one = memory.floats(4);
        float[] two = memory.floats(4);
        double[] three = memory.doubles(4);
        int[] four = memory.ints(4);
        one[0] = 1;
        two[0] = 2;
        memory.nextLayer();
        assertThat(List.of(memory.floats(4), memory.floats(4))).containsExactlyInAnyOrder(one, two);
        assertThat(memory.doubles(4)).isSameAs(three);
        assertThat(memory.ints(4)).isSameAs(four);
        assertThat(memory.floats(4)).isNotSameAs(one).isNotSameAs(two);
        assertThat(memory.floats(5)).hasSize(5);
        memory.nextLayer();
        Set<float[]> arrays = new HashSet<>();
        for (int i = 0; i < 9; i++) {
            arrays.add(memory.floats(4));
        }
        assertThat(arrays).hasSize(9);
        assertThat(memory.doubles(4)).isSameAs(three).isNotSameAs(memory.doubles(4));
    }

    @Test
    void memoryThatKeepsActivationsSharesTheRest() {
        Memory memory = Memory.keepingActivations(2);
        float[] activations = memory.floats(4);
        float[] scratch = memory.scratch().floats(4);
        memory.nextLayer();
        assertThat(memory.floats(4)).isNotSameAs(activations).isNotSameAs(scratch);
        float[] neighbour = memory.scratch().floats(4);
        assertThat(neighbour).isNotSameAs(scratch);
        memory.nextLayer();
        assertThat(memory.scratch().floats(4)).isSameAs(scratch);
        memory.nextLayer();
        assertThat(memory.scratch().floats(4)).isSameAs(neighbour);
        Memory three = Memory.keepingActivations(3);
        Set<float[]> arrays = new HashSet<>();
        for (int layer = 0; layer < 9; layer++) {
            arrays.add(three.scratch().floats(4));
            assertThat(arrays).hasSize(Math.min(layer + 1, 3));
            three.nextLayer();
        }
        assertThat(Memory.kept().scratch().floats(4)).hasSize(4);
        Memory shared = Memory.shared();
        assertThat(shared.scratch()).isSameAs(shared);
    }
}
