package dev.millrace.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryTest {

    @Test
    void arraysHaveTheRequestedLengthAndBeginWithZeros() {
        for (Memory memory : new Memory[] {Memory.kept(), Memory.shared()}) {
            assertThat(memory.floats(3)).containsExactly(0, 0, 0);
            assertThat(memory.doubles(2)).containsExactly(0, 0);
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
        assertThat(one).isNotSameAs(two);
        memory.nextLayer();
        assertThat(List.of(memory.floats(4), memory.floats(4))).containsExactlyInAnyOrder(one, two);
        assertThat(memory.doubles(4)).isSameAs(three);
        assertThat(memory.floats(4)).isNotSameAs(one).isNotSameAs(two);
        assertThat(memory.floats(5)).hasSize(5);
    }
}
