package dev.millrace.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.Flow;
import dev.millrace.bijection.Bijection;
import dev.millrace.bijection.Composition;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What training a RealNVP on images needs, from the arrays it works in. */
class ImageMemoryTest {

    private static final long GIB = 1L << 30;
    private static final int BATCH = 64;
    private static final int THREADS = 8;

    /** The paper's for CIFAR-10. */
    @Test
    void thirtyTwoByThirtyTwoTimesThreeTrainsInFourGib() {
        Flow flow = Flow.realNvp(32, 32, 3).build();
        long best = ReachableArrays.ofFlow(flow).bytes();
        long one = bytes(flow, 1, GradientMode.RECOMPUTE);
        long image = bytes(flow, 2, GradientMode.RECOMPUTE) - one;
        // An image is a block, so memory grows evenly with the batch; every thread that validates has one too.
        assertThat(bytes(flow, 3, GradientMode.RECOMPUTE) - one).isBetween(2 * image - 1000, 2 * image + 1000);
        long trained = ReachableArrays.ofFlow(flow).bytes();
        long adam = 2 * Float.BYTES * flow.parameterCount();
        long needed = best + trained + adam + (BATCH + THREADS) * image;
        assertThat(needed).isBetween(GIB, 4 * GIB);
    }

    @Test
    void depthAddsNoActivationMemory() {
        // What a coupling sums up over a block: some numbers for each entry and parameter channel.
        assertThat(growth(GradientMode.RECOMPUTE)).isLessThan(150_000);
        assertThat(growth(GradientMode.KEEP)).isGreaterThan(1_000_000);
    }

    /** Bytes for each image and coupling. */
    private static long growth(GradientMode mode) {
        Flow flow = Flow.realNvp(16, 16, 3).features(64).blocks(2).scales(1).build();
        List<Bijection> twice = Stream.concat(
                        flow.layers().stream(), flow.copy().layers().stream().skip(1))
                .toList();
        Flow deep = Flow.of(new Composition(twice), flow.base());
        return (bytes(deep, 1, mode) - bytes(flow, 1, mode)) / 4;
    }

    private static long bytes(Flow flow, int batch, GradientMode mode) {
        return ReachableArrays.ofBackpropagation(flow, batch, mode).bytes();
    }
}
