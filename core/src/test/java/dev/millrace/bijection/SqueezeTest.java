package dev.millrace.bijection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SqueezeTest {

    private static final Shape IMAGE = Shape.of(4, 4, 2);

    /** Numbers from {@code first} on, channel by channel as in the known answers, as a row with channels last. */
    private static double[] image(Shape shape, int first) {
        ImageShape image = ImageShape.of(shape);
        double[] row = new double[shape.size()];
        Arrays.setAll(
                row, i -> first + (image.channel(i) * image.height() + image.row(i)) * image.width() + image.column(i));
        return row;
    }

    /** @param channels the squeezed image of 2 × 2 pixels, channel by channel */
    private static void assertSqueezed(Shape shape, Squeeze.Order order, int first, JsonNode channels) {
        Squeeze squeeze = Squeeze.of(shape, order);
        double[] z = Run.forward(squeeze, image(shape, first)).z;
        ImageShape squeezed = ImageShape.of(squeeze.squeezed());
        assertThat(squeezed.channels()).isEqualTo(channels.size());
        for (int i = 0; i < z.length; i++) {
            JsonNode channel = channels.get(squeezed.channel(i));
            JsonNode value = channel.get(0).isArray()
                    ? channel.get(squeezed.row(i)).get(squeezed.column(i))
                    : channel.get(2 * squeezed.row(i) + squeezed.column(i));
            assertThat(z[i]).isEqualTo(value.doubleValue());
        }
        assertThat(Run.forward(squeeze.inverted(), z).z).isEqualTo(image(shape, first));
    }

    @Test
    void ordersAreThoseOfOtherProjects() {
        JsonNode known = Conformance.read("squeeze.json");
        assertSqueezed(
                Shape.of(4, 4, 1),
                Squeeze.Order.PLAIN,
                1,
                known.get("plain").get(0).get("channels"));
        assertSqueezed(IMAGE, Squeeze.Order.PLAIN, 0, known.get("plain").get(1).get("channels"));
        assertSqueezed(
                IMAGE,
                Squeeze.Order.CHECKERBOARD,
                0,
                known.get("orderedForFactoringOut").get("channels"));
    }

    /** The half that stays is that of one colour. */
    @Test
    void factoringOutAfterTheCheckerboardsOrderKeepsOneColour() {
        Squeeze squeeze = Squeeze.of(IMAGE, Squeeze.Order.CHECKERBOARD, 40);
        FactorOut factorOut = FactorOut.of(squeeze.squeezed(), 40);
        double[] row = new double[40];
        Arrays.setAll(row, i -> i);
        double[] z = Run.forward(Composition.of(squeeze, factorOut), row).z;
        ImageShape image = ImageShape.of(IMAGE);
        for (int i = 0; i < 32; i++) {
            int from = (int) z[i];
            assertThat((image.row(from) + image.column(from)) % 2).isEqualTo(i < 16 ? 0 : 1);
        }
        assertThat(factorOut.remaining()).isEqualTo(Shape.of(2, 2, 4));
        assertThat(Arrays.copyOfRange(z, 32, 40)).isEqualTo(Arrays.copyOfRange(row, 32, 40));
    }

    @Test
    void theSecondHalfOfTheChannelsIsFactoredOut() {
        double[] z = Run.forward(FactorOut.of(Shape.of(1, 2, 4), 8), new double[] {0, 1, 2, 3, 4, 5, 6, 7}).z;
        assertThat(z).containsExactly(0, 1, 4, 5, 2, 3, 6, 7);
    }

    @Test
    void remembersItsSettings() {
        Squeeze squeeze = Squeeze.of(IMAGE, Squeeze.Order.PLAIN, 33);
        assertThat(squeeze.image()).isEqualTo(IMAGE);
        assertThat(squeeze.squeezed()).isEqualTo(Shape.of(2, 2, 8));
        assertThat(squeeze.order()).isEqualTo(Squeeze.Order.PLAIN);
        assertThat(squeeze.dimension()).isEqualTo(33);
        assertThat(squeeze.isUndone()).isFalse();
        assertThat(squeeze.inverted().isUndone()).isTrue();
        assertThat(FactorOut.of(IMAGE, 33).image()).isEqualTo(IMAGE);
        assertThat(FactorOut.of(IMAGE, 33).dimension()).isEqualTo(33);
    }

    @Test
    void whatCannotBeSqueezedOrHalvedIsAnError() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Squeeze.of(Shape.of(7, 4, 1), Squeeze.Order.PLAIN))
                .withMessageContaining("7 × 4")
                .withMessageContaining("even");
        assertThatIllegalArgumentException().isThrownBy(() -> Squeeze.of(Shape.of(4, 7, 1), Squeeze.Order.PLAIN));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Squeeze.of(IMAGE, Squeeze.Order.PLAIN, 31))
                .withMessageContaining("31 entries")
                .withMessageContaining("[4, 4, 2]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Squeeze.of(Shape.of(16), Squeeze.Order.PLAIN))
                .withMessageContaining("[16]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FactorOut.of(Shape.of(2, 2, 3), 12))
                .withMessageContaining("[2, 2, 3]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FactorOut.of(IMAGE, 31))
                .withMessageContaining("31 entries");
    }
}
