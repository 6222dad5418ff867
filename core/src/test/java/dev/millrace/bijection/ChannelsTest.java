package dev.millrace.bijection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.net.States;
import org.junit.jupiter.api.Test;

class ChannelsTest {

    @Test
    void entriesOfAnImageBelongToTheirChannel() {
        Channels channels = Channels.ofImage(Shape.of(2, 2, 3));
        assertThat(channels.count()).isEqualTo(3);
        assertThat(channels.pixels()).isEqualTo(4);
        assertThat(channels.dimension()).isEqualTo(12);
        assertThat(channels.entries()).hasSize(12);
        double[] byChannel = new double[3];
        channels.sum(new double[] {1, 2, 3, 10, 20, 30, 0, 0, 0, 100, 200, 300}, byChannel);
        assertThat(byChannel).containsExactly(111, 222, 333);
    }

    @Test
    void otherEntriesAreInNone() {
        Channels channels = Channels.of(6, new int[] {1, 2, 4, 5}, 2);
        double[] byEntry = new double[6];
        channels.spread(new double[] {7, 8}, -1, byEntry);
        assertThat(byEntry).containsExactly(-1, 7, 8, -1, 7, 8);
        assertThat(channels.pixels(new double[] {0, 1, 2, 3, 4, 5, 10, 11, 12, 13, 14, 15}, 2))
                .containsExactly(1, 2, 4, 5, 11, 12, 14, 15);
    }

    @Test
    void whatIsNoPixelsIsAnError() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Channels.of(6, new int[] {0, 1, 2}, 2))
                .withMessageContaining("3 entries")
                .withMessageContaining("2 channels");
        assertThatIllegalArgumentException().isThrownBy(() -> Channels.of(6, new int[0], 1));
        assertThatIllegalArgumentException().isThrownBy(() -> Channels.of(6, new int[] {0}, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Channels.of(2, new int[] {1, 1}, 1))
                .withMessageContaining("there is 1");
        assertThatIllegalArgumentException().isThrownBy(() -> Channels.of(2, new int[] {2}, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> Channels.of(2, new int[] {-1, 0}, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> Channels.ofEntries(0));
    }

    /** Over all rows and pixels of a channel: 0 and 1, 1 and 0. */
    @Test
    void actNormBeginsWithTheMomentsOfAChannel() {
        ActNorm layer = ActNorm.create(Channels.of(5, new int[] {0, 1, 3, 4}, 2));
        layer.initialise(new double[] {3, 10, 99, 5, 20, 3, 30, 99, 5, 40}, 2);
        assertThat(States.values(layer.state()).get("centre")).containsExactly(4, 25);
        double[] z = Run.forward(layer, new double[] {3, 25, 99, 5, 25}).z;
        assertThat(z).containsExactly(new double[] {-1, 0, 99, 1, 0}, within(1e-14));
    }
}
