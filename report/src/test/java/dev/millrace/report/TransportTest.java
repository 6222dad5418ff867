package dev.millrace.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.Flow;
import dev.millrace.data.Toy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TransportTest {

    private static final int COUNT = 200;

    private final Flow flow = Fits.moons();
    private final double[] x = Toy.TWO_MOONS.sample(COUNT, 3).values();
    private final Transport transport = Transport.of(flow, x);

    @Test
    void beginsAtXAndEndsInZToTheBit() {
        List<double[]> frames = transport.points().frames();

        assertThat(frames).hasSize(flow.layers().size() + 1);
        assertThat(frames.get(0)).isEqualTo(x);
        assertThat(frames.get(frames.size() - 1)).isEqualTo(flow.forward(x, COUNT));
    }

    @Test
    void theGridIsCarriedLikeThePoints() {
        List<double[]> frames = transport.lines().frames();
        double[] lines = frames.get(0);

        assertThat(lines).hasSize(2 * 2 * Transport.LINES * Transport.LINE_POINTS);
        assertThat(frames.get(frames.size() - 1)).isEqualTo(flow.forward(lines, lines.length / 2));
        // The first line is upright, the last level.
        assertThat(lines[0]).isEqualTo(lines[2 * (Transport.LINE_POINTS - 1)]);
        assertThat(lines[lines.length - 1]).isEqualTo(lines[lines.length - 2 * Transport.LINE_POINTS + 1]);
    }

    @Test
    void logDetsAddUpToWhatTheDensityNeeds() {
        double[] z = flow.forward(x, COUNT);
        double[] base = Fits.standardNormal(z, COUNT);
        double[] logProb = new double[COUNT];
        flow.logProb(x, COUNT, logProb);
        for (int row = 0; row < COUNT; row++) {
            double sum = base[row];
            for (double[] logDets : transport.points().logDets()) {
                sum += logDets[row];
            }
            // A dozen numbers of size 1, added in another order.
            assertThat(sum).isCloseTo(logProb[row], within(1e-12));
        }
    }

    @Test
    void thePageGetsEveryFrameWithItsName() {
        Map<String, Object> tree = transport.toTree();

        assertThat((List<?>) tree.get("frames")).hasSize(flow.layers().size() + 1);
        assertThat(names(tree)).hasSize(flow.layers().size() + 1).startsWith("data", "standardisation");
        Map<?, ?> last =
                (Map<?, ?>) ((List<?>) tree.get("frames")).get(flow.layers().size());
        double[] z = flow.forward(x, COUNT);
        for (int i = 0; i < z.length; i++) {
            // Four digits.
            assertThat((Double) ((List<?>) last.get("points")).get(i)).isCloseTo(z[i], within(Math.abs(z[i]) * 5e-4));
        }
    }

    @Test
    void allFramesButTheFirstAreSeenThroughOneWindow() {
        assertThat(transport.window(1)).isEqualTo(transport.window(flow.layers().size()));
        assertThat(transport.window(0)).isNotEqualTo(transport.window(1));
    }

    @SuppressWarnings("unchecked")
    private static List<Object> names(Map<String, Object> tree) {
        return (List<Object>) tree.get("names");
    }
}
