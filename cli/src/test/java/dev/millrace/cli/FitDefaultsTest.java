package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.train.Schedule;
import dev.millrace.train.TrainerSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FitDefaultsTest {

    @ParameterizedTest
    @CsvSource({"1, 1", "3, 2", "500, 1", "50000, 7", "2000000, 30", "1000, 64"})
    void planAnySizeOfData(int rows, int columns) {
        FitPlan plan = FitDefaults.plan(rows, columns, Overrides.none(), 1, 2);

        assertThat(plan.flow().build().dimension()).isEqualTo(columns);
        assertThat(plan.training().epochs()).isPositive();
        assertThat(plan.training().threads()).isEqualTo(2);
        assertThat(plan).isEqualTo(FitDefaults.plan(rows, columns, Overrides.none(), 1, 2));
    }

    @Test
    void keepWhatTheUserHasDecided() {
        Overrides given = new Overrides(
                Optional.of(Preset.NICE),
                Optional.of(3),
                Optional.of(List.of(10, 20)),
                Optional.of(7),
                Optional.of(Duration.ofMinutes(1)),
                Optional.of(33),
                Optional.of(0.5),
                Optional.of(0.25),
                Optional.of(4),
                MultiScaleChoices.none());

        FitPlan plan = FitDefaults.plan(1000, 5, given, 9, 1);

        assertThat(plan.flow().toTree())
                .containsEntry("preset", "nice")
                .containsEntry("layers", 3)
                .containsEntry("hidden", List.of(10, 20));
        TrainerSettings training = plan.training();
        assertThat(training.epochs()).isEqualTo(7);
        assertThat(training.timeBudget()).contains(Duration.ofMinutes(1));
        assertThat(training.batchSize()).isEqualTo(33);
        assertThat(training.learningRate()).isEqualTo(0.5);
        assertThat(training.optimizer().weightDecay()).isEqualTo(0.25);
        assertThat(training.seed()).isEqualTo(9);
        assertThat(((Schedule.Plateau) training.schedule()).patience()).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource({"15000, 10, 30, spline", "40000, 7, 30, spline", "200000, 63, 30, realnvp", "5000, 43, 60, spline"})
    void takeSplinesWhereTheTimeAllows(int rows, int columns, int seconds, String preset) {
        assertThat(FitDefaults.plan(rows, columns, within(Duration.ofSeconds(seconds)), 1, 1)
                        .flow()
                        .toTree())
                .containsEntry("preset", preset);
        assertThat(FitDefaults.plan(rows, columns, Overrides.none(), 1, 1)
                        .flow()
                        .toTree())
                .containsEntry("preset", "spline");
    }

    private static Overrides within(Duration time) {
        Overrides none = Overrides.none();
        return new Overrides(
                none.preset(),
                none.layers(),
                none.hidden(),
                none.epochs(),
                Optional.of(time),
                none.batch(),
                none.learningRate(),
                none.weightDecay(),
                none.patience(),
                MultiScaleChoices.none());
    }

    @Test
    void refuseWhatCannotBe() {
        Overrides none = Overrides.none();
        assertThatThrownBy(() -> new Overrides(
                        none.preset(),
                        none.layers(),
                        Optional.of(List.of(8, 0)),
                        none.epochs(),
                        none.maxTime(),
                        none.batch(),
                        none.learningRate(),
                        none.weightDecay(),
                        none.patience(),
                        MultiScaleChoices.none()))
                .hasMessage("--hidden must be at least 1, not 0");
    }
}
