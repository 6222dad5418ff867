package dev.millrace.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.Flow;
import dev.millrace.RealNvp;
import dev.millrace.Textures;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How the memory of a training step grows with the number of layers. */
class BackpropagationMemoryTest {

    private static final int BATCH = 256;
    private static final int WIDTH = 32;

    @ParameterizedTest
    @EnumSource
    void recomputingTakesTheSameMemoryHoweverDeepTheFlow(RealNvp.Normalisation normalisation) {
        RealNvp description = Flow.realNvp(10)
                .hidden(WIDTH, WIDTH)
                .normalisation(normalisation)
                .mixing(RealNvp.Mixing.LINEAR);
        long perLayer = growth(description, GradientMode.RECOMPUTE);
        // Sums over a block's rows, a few numbers for each entry and parameter of a layer, are its own.
        assertThat(perLayer).isLessThan(BATCH / 64 * 10 * 20 + 10 * 10);
        // What a layer keeps otherwise is much more: the test would notice.
        assertThat(growth(description, GradientMode.KEEP)).isGreaterThan(BATCH * WIDTH);
    }

    @Test
    void recomputingTakesTheSameMemoryHoweverManyConvolutionalCouplings() {
        IntFunction<Flow> flows = couplings -> Textures.checkerboards(couplings, 4, 4, 5, 1);
        // The indices of a coupling's halves, and its transformer's sums.
        assertThat(growth(flows, GradientMode.RECOMPUTE)).isLessThanOrEqualTo(BATCH / 64 * 2 * 16);
        assertThat(growth(flows, GradientMode.KEEP)).isGreaterThan(BATCH * 6 * 6 * 16);
    }

    /** Array entries for each coupling with what stands before it. */
    private static long growth(RealNvp description, GradientMode mode) {
        return growth(couplings -> description.couplings(couplings).build(), mode);
    }

    private static long growth(IntFunction<Flow> flows, GradientMode mode) {
        return (arrayEntries(flows.apply(64), mode) - arrayEntries(flows.apply(8), mode)) / 56;
    }

    private static long arrayEntries(Flow flow, GradientMode mode) {
        return ReachableArrays.ofBackpropagation(flow, BATCH, mode).entries();
    }
}
