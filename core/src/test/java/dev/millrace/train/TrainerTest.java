package dev.millrace.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.millrace.Allocation;
import dev.millrace.Flow;
import dev.millrace.RealNvp;
import dev.millrace.Samples;
import dev.millrace.bijection.Inverse;
import dev.millrace.bijection.Scaling;
import dev.millrace.distribution.StandardNormal;
import dev.millrace.net.States;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainerTest {

    private final RealNvp small = Flow.realNvp(2).couplings(3).hidden(8);
    private final RowSource ring = Training.rows(Samples.ring(500, 1));

    @Test
    void theFlowThatIsTrainedDoesNotChange() {
        Flow flow = small.normalisation(RealNvp.Normalisation.BATCH_NORM).build();
        Map<String, double[]> before = States.values(flow.state());
        double[] row = {0.5, 1};
        double logProb = flow.logProb(row);
        Flow fitted = Training.fit(flow, Training.settings(), ring, ring).flow();
        States.values(flow.state()).forEach((name, values) -> assertThat(values).isEqualTo(before.get(name)));
        assertThat(flow.logProb(row)).isEqualTo(logProb);
        assertThat(fitted.logProb(row)).isNotEqualTo(logProb);
    }

    @Test
    void rowsAndFlowMustAgree() {
        Flow flow = small.build();
        RowSource three = RowSource.of(new double[6], 3);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Training.fit(flow, Training.settings(), three, Training.NONE))
                .withMessage("the flow has dimension 2, but the rows have 3 entries");
        assertThatIllegalArgumentException().isThrownBy(() -> Training.fit(flow, Training.settings(), ring, three));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Training.fit(flow, Training.settings(), Training.NONE, ring))
                .withMessage("there is no row to learn from");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 63, 64, 65, 129})
    void anyNumberOfRowsWillDo(int rows) {
        for (int batchSize : new int[] {1, 2, 64, 1000}) {
            for (GradientMode mode : GradientMode.values()) {
                TrainingResult result = Training.fit(
                        small.build(),
                        Training.settings().epochs(2).batchSize(batchSize).gradientMode(mode),
                        Training.rows(Samples.ring(rows, 1)),
                        Training.NONE);
                assertThat(result.reason()).isEqualTo(StopReason.EPOCHS);
                assertThat(result.history())
                        .allSatisfy(report -> assertThat(report.trainLogProb()).isFinite());
            }
        }
    }

    @Test
    void aBatchMayBeLargerThanAllRows() {
        Flow whole = Training.fit(small.build(), Training.settings().batchSize(500), ring, Training.NONE)
                .flow();
        Flow larger = Training.fit(small.build(), Training.settings().batchSize(Integer.MAX_VALUE), ring, Training.NONE)
                .flow();
        assertThat(States.values(larger.state())).usingRecursiveComparison().isEqualTo(States.values(whole.state()));
        assertThat(Training.meanLogProb(larger, Samples.ring(500, 1)))
                .isGreaterThan(Training.meanLogProb(small.build(), Samples.ring(500, 1)));
    }

    @Test
    void validationTakesNoMoreMemoryForLongRows() {
        int dimension = 100_000;
        RowSource rows = new RowSource() {
            @Override
            public int rows() {
                return 600;
            }

            @Override
            public int dimension() {
                return dimension;
            }

            @Override
            public void read(int row, int epoch, double[] into, int at) {
                Arrays.fill(into, at, at + dimension, row / 600.0);
            }
        };
        Flow flow = Flow.of(Scaling.create(dimension), new StandardNormal(dimension));
        double[] mean = new double[1];
        try (Team team = new Team(1)) {
            Evaluation evaluation = new Evaluation(rows, team);
            assertThat(Allocation.bytes(() -> mean[0] = evaluation.meanLogProb(flow)))
                    .isLessThan(16L * Double.BYTES * dimension);
        }
        double meanSquare = IntStream.range(0, 600)
                .mapToDouble(i -> i * i / 360_000.0)
                .average()
                .orElseThrow();
        assertThat(mean[0]).isCloseTo(-0.5 * dimension * (Math.log(2 * Math.PI) + meanSquare), withinPercentage(1e-9));
    }

    @Test
    void aRunThatCannotBeSetUpLeavesNoThread() {
        Flow flow = Flow.of(
                new Inverse(small.build().layers().get(0)), small.build().base());
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> Training.fit(flow, Training.settings().threads(4), ring, Training.NONE))
                    .isInstanceOf(UnsupportedOperationException.class);
        }
        Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("millrace-"))
                .forEach(TrainerTest::join);
    }

    private static void join(Thread thread) {
        try {
            thread.join(60_000);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        assertThat(thread.isAlive()).isFalse();
    }

    @Test
    void theStateOfAnEpochCanBeHadWhileItIsReportedOnly() {
        List<Supplier<TrainingState>> offered = new ArrayList<>();
        List<Integer> epochs = new ArrayList<>();
        new Trainer(Training.settings().epochs(2).build())
                .fit(small.build(), ring, Training.NONE, new TrainingListener() {
                    @Override
                    public void epochDone(EpochReport report, Supplier<TrainingState> state) {
                        epochs.add(state.get().progress().epochs());
                        offered.add(state);
                    }
                });
        assertThat(epochs).containsExactly(1, 2);
        assertThatIllegalStateException()
                .isThrownBy(() -> offered.get(0).get())
                .withMessageStartingWith("the state of epoch 1 must be asked for");
    }

    @Test
    void onlyRowsThatAreThereCanBeSelected() {
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> RowSource.select(ring, new int[] {0, 500}));
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> RowSource.select(ring, new int[] {-1}));
    }

    @ParameterizedTest
    @EnumSource
    void constantColumnsAndEqualRowsDoNoHarm(RealNvp.Normalisation normalisation) {
        double[] constantColumn = Samples.ring(200, 1);
        for (int i = 0; i < constantColumn.length; i += 2) {
            constantColumn[i] = 1e6;
        }
        double[] equalRows = new double[200];
        Arrays.fill(equalRows, -3.3);
        for (double[] rows : new double[][] {constantColumn, equalRows}) {
            TrainingResult result = Training.fit(
                    small.normalisation(normalisation).build(),
                    Training.settings(),
                    Training.rows(rows),
                    Training.rows(rows));
            assertThat(result.reason()).isEqualTo(StopReason.EPOCHS);
            assertThat(result.best().score())
                    .isGreaterThan(result.history().get(0).score());
            assertThat(result.flow().sample(100, 1)).doesNotContain(Double.NaN);
        }
    }

    @Test
    void batchNormalisationEvaluatesAsItHasTrained() {
        RealNvp description =
                small.normalisation(RealNvp.Normalisation.BATCH_NORM).standardised(false);
        TrainingResult result = Training.fit(
                description.build(),
                Training.settings().epochs(20).batchSize(250).learningRate(2e-3),
                Training.rows(Samples.normal(2_000, 1)),
                Training.rows(Samples.normal(2_000, 2)));
        EpochReport last = result.history().get(19);
        // Running averages follow the batches' statistics, up to their noise and the last steps' progress.
        assertThat(last.validationLogProb()).isCloseTo(last.trainLogProb(), within(0.1));
        assertThat(result.best().validationLogProb()).isGreaterThan(-3.2);
        States.values(result.flow().state()).forEach((name, values) -> {
            if (name.endsWith("runningVariance")) {
                assertThat(Arrays.stream(values).min().orElseThrow()).isPositive();
            }
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4})
    void threadsDoNotChangeABit(int threads) {
        for (GradientMode mode : GradientMode.values()) {
            Flow flow = small.normalisation(RealNvp.Normalisation.BATCH_NORM)
                    .mixing(RealNvp.Mixing.LINEAR)
                    .build();
            TrainerSettings.Builder settings = Training.settings()
                    .epochs(2)
                    .batchSize(200)
                    .gradientMode(mode)
                    .clipNorm(1);
            TrainingResult alone = Training.fit(flow, settings, ring, ring);
            TrainingResult together = Training.fit(flow, settings.threads(threads), ring, ring);
            assertThat(together.history()).isEqualTo(alone.history());
            Map<String, double[]> values = States.values(together.flow().state());
            States.values(alone.flow().state())
                    .forEach((name, expected) -> assertThat(values.get(name)).isEqualTo(expected));
        }
    }

    @Test
    void theSeedDecidesTheOrderOfTheRows() {
        TrainingResult one = Training.fit(small.build(), Training.settings().seed(1), ring, ring);
        TrainingResult again = Training.fit(small.build(), Training.settings().seed(1), ring, ring);
        TrainingResult other = Training.fit(small.build(), Training.settings().seed(2), ring, ring);
        assertThat(again.history()).isEqualTo(one.history());
        assertThat(other.history()).isNotEqualTo(one.history());
    }

    @Test
    void aDataDependentStartIsMadeOnce() {
        Flow fitted =
                Training.fit(small.build(), Training.settings(), ring, ring).flow();
        double[] elsewhere =
                Arrays.stream(Samples.ring(500, 3)).map(x -> x + 100).toArray();
        Flow again = Training.fit(fitted, Training.settings().epochs(1), Training.rows(elsewhere), Training.NONE)
                .flow();
        assertThat(States.values(again.state()).get("layers.0.mean"))
                .isEqualTo(States.values(fitted.state()).get("layers.0.mean"));
    }

    @Test
    void aFlowWithoutAGradientIsRefused() {
        Flow flow = Flow.of(
                new Inverse(small.build().layers().get(0)), small.build().base());
        assertThat(flow.logProb(new double[2])).isFinite();
        assertThatThrownBy(() -> Training.fit(flow, Training.settings(), ring, ring))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("train the bijection itself");
    }
}
