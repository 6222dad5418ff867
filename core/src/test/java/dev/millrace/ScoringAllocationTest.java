package dev.millrace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.transformer.LogScale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Once warm, scoring a row allocates nothing. */
class ScoringAllocationTest {

    private static final int CALLS = 10_000;

    /** Rounds in which the JIT has time to compile the vector kernels, whose values are objects before that. */
    private static final int ROUNDS = 60;

    static Stream<Flow> flows() {
        return Stream.of(
                Flow.realNvp(1).hidden(8).build(),
                Flow.realNvp(2).hidden(16).build(),
                Flow.realNvp(20).hidden(16).mixing(RealNvp.Mixing.LINEAR).build(),
                Flow.realNvp(3)
                        .hidden(16)
                        .logScale(LogScale.SIGMOID)
                        .normalisation(RealNvp.Normalisation.BATCH_NORM)
                        .build(),
                Flow.nice(20).hidden(16).build());
    }

    @ParameterizedTest
    @MethodSource("flows")
    void aSingleRowAllocatesNothing(Flow flow) {
        double[] row = Flows.rows(flow, 1);
        long bytes = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS && bytes > 0; round++) {
            bytes = Allocation.bytes(() -> score(flow, row));
        }
        assertThat(bytes).isZero();
    }

    private static void score(Flow flow, double[] row) {
        for (int i = 0; i < CALLS; i++) {
            flow.logProb(row);
        }
    }
}
