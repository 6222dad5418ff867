package dev.millrace.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.Flow;
import dev.millrace.Textures;
import dev.millrace.net.States;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Flows of convolutional couplings, whose normalisation lags behind what it normalises. */
class ConvolutionalTrainingTest {

    private static final int SIDE = 6;

    private static final RowSource TRAIN = images(400, 1);
    private static final RowSource VALIDATION = images(128, 2);

    private final Flow flow = Textures.checkerboards(2, SIDE, SIDE, 5, 2);

    private static RowSource images(int count, long seed) {
        return RowSource.of(Textures.waves(count, SIDE, seed), SIDE * SIDE);
    }

    private TrainingResult fit(double learningRate, int epochs, GradientMode mode, int threads) {
        TrainerSettings settings = TrainerSettings.builder()
                .epochs(epochs)
                .batchSize(25)
                .learningRate(learningRate)
                .gradientMode(mode)
                .threads(threads)
                .build();
        return new Trainer(settings).fit(flow, TRAIN, VALIDATION);
    }

    /** Without a limit on the gradient's norm, at the customary rate and at ten times that. */
    @Test
    void trainingIsStable() {
        for (double learningRate : new double[] {1e-3, 1e-2}) {
            List<EpochReport> history =
                    fit(learningRate, 20, GradientMode.KEEP, 1).history();
            double best = Double.NEGATIVE_INFINITY;
            for (EpochReport report : history) {
                // Batches differ by some nats; a run that diverges loses hundreds.
                assertThat(report.trainLogProb()).isGreaterThan(best - 5);
                assertThat(report.validationLogProb()).isGreaterThan(report.trainLogProb() - 10);
                best = Math.max(best, report.trainLogProb());
            }
            double first = history.get(0).trainLogProb();
            assertThat(best).isGreaterThan(first + 10);
        }
    }

    @Test
    void theModelDoesNotDependOnThreads() {
        Map<String, double[]> alone = state(fit(1e-2, 2, GradientMode.KEEP, 1));
        assertThat(state(fit(1e-2, 2, GradientMode.KEEP, 2)))
                .usingRecursiveComparison()
                .isEqualTo(alone);
    }

    private static Map<String, double[]> state(TrainingResult result) {
        return States.values(result.flow().state());
    }

    @Test
    void recomputedGradientsAgree() {
        Flow fitted = fit(1e-2, 2, GradientMode.KEEP, 1).flow();
        Map<String, double[]> kept = gradients(fitted, GradientMode.KEEP);
        Map<String, double[]> recomputed = gradients(fitted, GradientMode.RECOMPUTE);
        kept.forEach((name, expected) -> {
            double size = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
            // A float input on the edge of its rounding differs by 1e-7, and what is summed up may cancel.
            assertThat(recomputed.get(name)).as(name).containsExactly(expected, within(1e-4 * size + 1e-9));
        });
    }

    private static Map<String, double[]> gradients(Flow flow, GradientMode mode) {
        try (Team team = new Team(2)) {
            int rows = 150;
            int[] order = new int[rows];
            Arrays.setAll(order, i -> i);
            Flow used = flow.copy();
            new Backpropagation(used, rows, mode, team).run(TRAIN, 0, order, 0, rows);
            return new LinkedHashMap<>(States.gradients(used.state()));
        }
    }
}
