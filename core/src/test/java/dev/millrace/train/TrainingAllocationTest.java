package dev.millrace.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.Allocation;
import dev.millrace.Flow;
import dev.millrace.RealNvp;
import dev.millrace.Samples;
import dev.millrace.Textures;
import dev.millrace.transformer.LogScale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Once warm, a training step allocates nothing. */
class TrainingAllocationTest {

    private static final int BATCH = 100;
    private static final int DIMENSION = 6;
    private static final int STEPS = 200;

    /** Rounds of steps in which the JIT has time to compile everything. */
    private static final int ROUNDS = 300;

    static Stream<Flow> flows() {
        RealNvp flow = Flow.realNvp(DIMENSION).couplings(3).hidden(16);
        return Stream.of(
                flow.mixing(RealNvp.Mixing.LINEAR).build(),
                flow.normalisation(RealNvp.Normalisation.BATCH_NORM)
                        .mixing(RealNvp.Mixing.PERMUTE)
                        .logScale(LogScale.SIGMOID)
                        .build(),
                Flow.nice(DIMENSION).hidden(16).build(),
                Flow.spline(DIMENSION).couplings(2).hidden(112).build(),
                Textures.checkerboards(2, 2, 3, 4, 1));
    }

    @ParameterizedTest
    @MethodSource("flows")
    void aStepAllocatesNothing(Flow flow) {
        RowSource rows = RowSource.of(Samples.noise(BATCH, DIMENSION, 1), DIMENSION);
        int[] order = new int[BATCH];
        try (Team team = new Team(1)) {
            Backpropagation backpropagation = new Backpropagation(flow, BATCH, GradientMode.KEEP, team);
            Optimizer optimizer = new Optimizer(new OptimizerSettings.Adam(), 1, flow.state(), team);
            long bytes = Long.MAX_VALUE;
            for (int round = 0; round < ROUNDS && bytes > 0; round++) {
                bytes = Allocation.bytes(() -> {
                    for (int step = 0; step < STEPS; step++) {
                        backpropagation.run(rows, 0, order, 0, BATCH);
                        optimizer.step(1e-6);
                        backpropagation.parametersChanged();
                    }
                });
            }
            assertThat(bytes).isZero();
        }
    }
}
