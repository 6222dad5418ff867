package dev.millrace.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.Flow;
import dev.millrace.Samples;
import dev.millrace.net.States;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** When and why a run ends, and what it gives back. */
class StoppingTest {

    /** Few rows, which a flow soon learns by heart. */
    private static final RowSource TRAIN = Training.rows(Samples.ring(40, 1));

    private static final double[] HELD_OUT = Samples.ring(300, 2);
    private static final RowSource VALIDATION = Training.rows(HELD_OUT);

    private final Flow flow = Flow.realNvp(2).couplings(4).hidden(32).build();
    private final TrainerSettings.Builder settings =
            Training.settings().epochs(100).batchSize(10);

    private static final class Recorder implements TrainingListener {

        final List<EpochReport> reports = new ArrayList<>();
        final List<TrainingState> states = new ArrayList<>();
        final List<String> steps = new ArrayList<>();

        @Override
        public void stepDone(int epoch, int rowsDone, int rows, double fraction) {
            steps.add(epoch + " " + rowsDone + "/" + rows + " " + fraction);
        }

        @Override
        public void epochDone(EpochReport report, Supplier<TrainingState> state) {
            reports.add(report);
            states.add(state.get());
        }
    }

    @Test
    void withoutImprovementTheBestEpochComesBack() {
        Recorder recorder = new Recorder();
        TrainingResult result = new Trainer(settings.patience(4).build()).fit(flow, TRAIN, VALIDATION, recorder);
        assertThat(result.reason()).isEqualTo(StopReason.NO_IMPROVEMENT);
        assertThat(result.history()).hasSize(result.bestEpoch() + 4).isEqualTo(recorder.reports);
        assertThat(result.bestEpoch()).isGreaterThan(1);
        assertThat(result.history()).allSatisfy(report -> assertThat(report.score())
                .isLessThanOrEqualTo(result.best().score()));
        assertThat(Training.meanLogProb(result.flow(), HELD_OUT))
                .isEqualTo(result.best().validationLogProb());
        assertThat(result.detail()).isEmpty();
    }

    @Test
    void smallImprovementsDoNotCountButTheBestIsKept() {
        TrainingResult result = Training.fit(flow, settings.patience(3).minImprovement(100), TRAIN, VALIDATION);
        assertThat(result.reason()).isEqualTo(StopReason.NO_IMPROVEMENT);
        assertThat(result.history()).hasSize(4);
        assertThat(result.bestEpoch()).isGreaterThan(1);
        assertThat(Training.meanLogProb(result.flow(), HELD_OUT))
                .isEqualTo(result.best().validationLogProb());
    }

    @Test
    void allEpochsWithoutValidation() {
        Recorder recorder = new Recorder();
        TrainingResult result = new Trainer(settings.epochs(3).build()).fit(flow, TRAIN, Training.NONE, recorder);
        assertThat(result.reason()).isEqualTo(StopReason.EPOCHS);
        assertThat(result.history()).hasSize(3).allSatisfy(report -> {
            assertThat(report.validationLogProb()).isNaN();
            assertThat(report.score()).isEqualTo(report.trainLogProb());
            assertThat(report.learningRate()).isEqualTo(5e-3);
        });
        assertThat(result.history()).extracting(EpochReport::epoch).containsExactly(1, 2, 3);
        assertThat(recorder.steps).hasSize(12).startsWith("1 10/40 0.0", "1 20/40 " + 1.0 / 12);
        assertThat(recorder.steps.get(11)).isEqualTo("3 40/40 " + (2 + 0.75) / 3);
    }

    @Test
    void thePlateauGoesBackToTheBestWithALowerRate() {
        Recorder recorder = new Recorder();
        Schedule plateau = new Schedule.Plateau(0.5, 2, 0.2, 0);
        TrainingResult result =
                new Trainer(settings.schedule(plateau).patience(1).build()).fit(flow, TRAIN, VALIDATION, recorder);
        assertThat(result.reason()).isEqualTo(StopReason.NO_IMPROVEMENT);
        assertThat(recorder.reports).isEqualTo(result.history());
        // 1, ½ and ¼; the next would be below 0.2.
        assertThat(result.history().stream().map(EpochReport::learningRate).distinct())
                .containsExactly(5e-3, 2.5e-3, 1.25e-3);
        int reductions = 0;
        for (int i = 1; i < recorder.states.size(); i++) {
            TrainingState state = recorder.states.get(i);
            if (state.progress().rateFactor()
                    < recorder.states.get(i - 1).progress().rateFactor()) {
                reductions++;
                assertThat(state.progress().stalled()).isZero();
                States.values(state.best().state()).forEach((name, values) -> assertThat(
                                States.values(state.current().state()).get(name))
                        .isEqualTo(values));
            }
        }
        assertThat(reductions).isEqualTo(2);
        assertThat(Training.meanLogProb(result.flow(), HELD_OUT))
                .isEqualTo(result.best().validationLogProb());
    }

    @Test
    void aTimeBudgetEndsTheRunWithWhatWasLearned() {
        TrainerSettings.Builder tiny = settings.timeBudget(Duration.ofNanos(1));
        Recorder recorder = new Recorder();
        TrainingResult result = new Trainer(tiny.build()).fit(flow, TRAIN, VALIDATION, recorder);
        assertThat(result.reason()).isEqualTo(StopReason.TIME_BUDGET);
        assertThat(recorder.steps).hasSize(1);
        assertThat(recorder.reports).isEmpty();
        assertThat(result.history()).hasSize(1);
        assertThat(result.bestEpoch()).isEqualTo(1);
        assertThat(Training.meanLogProb(result.flow(), HELD_OUT))
                .isEqualTo(result.best().validationLogProb());
        assertThat(Training.meanLogProb(flow, HELD_OUT))
                .isNotEqualTo(result.best().validationLogProb());
    }

    @Test
    void anEpochOfOneStepIsAWholeOne() {
        Recorder recorder = new Recorder();
        TrainerSettings.Builder tiny = settings.batchSize(40).timeBudget(Duration.ofNanos(1));
        TrainingResult result = new Trainer(tiny.build()).fit(flow, TRAIN, VALIDATION, recorder);
        assertThat(result.reason()).isEqualTo(StopReason.TIME_BUDGET);
        assertThat(recorder.reports).hasSize(1).isEqualTo(result.history());
    }

    @Test
    void aListenerCanStopTheRunWithinAnEpoch() {
        TrainingResult result = new Trainer(settings.build()).fit(flow, TRAIN, VALIDATION, stopAfter(6));
        assertThat(result.reason()).isEqualTo(StopReason.REQUESTED);
        assertThat(result.history()).hasSize(2);
    }

    @Test
    void aListenerCanStopTheRunAtTheEndOfAnEpoch() {
        TrainingResult result = new Trainer(settings.build()).fit(flow, TRAIN, VALIDATION, stopAfter(4));
        assertThat(result.reason()).isEqualTo(StopReason.REQUESTED);
        assertThat(result.history()).hasSize(1);
    }

    /** Asks once. */
    private static TrainingListener stopAfter(int steps) {
        return new TrainingListener() {

            private int asked;

            @Override
            public boolean stopRequested() {
                return ++asked == steps;
            }
        };
    }

    @Test
    void partOfAnEpochCountsWithTheRowsItHasSeen() {
        double[] rows = new double[80];
        TrainingResult result = new Trainer(settings.learningRate(1e-300).build())
                .fit(
                        Flow.realNvp(2).hidden(4).standardised(false).build(),
                        Training.rows(rows),
                        Training.NONE,
                        stopAfter(1));
        // All rows are 0, where the standard normal's density is 1 / 2π.
        assertThat(result.best().trainLogProb()).isCloseTo(-Math.log(2 * Math.PI), within(1e-12));
    }
}
