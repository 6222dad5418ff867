package dev.millrace.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TrainerSettingsTest {

    @Test
    void everySettingIsKept() {
        TrainerSettings settings = TrainerSettings.builder()
                .epochs(7)
                .batchSize(8)
                .learningRate(0.1)
                .optimizer(new OptimizerSettings.Sgd(0.5, 0.25))
                .schedule(new Schedule.Cosine(0.125))
                .warmUpSteps(9)
                .clipNorm(3)
                .patience(4)
                .minImprovement(0.5)
                .timeBudget(Duration.ofHours(1))
                .threads(2)
                .seed(11)
                .gradientMode(GradientMode.RECOMPUTE)
                .build();
        assertThat(settings)
                .isEqualTo(new TrainerSettings(
                        7,
                        8,
                        0.1,
                        new OptimizerSettings.Sgd(0.5, 0.25),
                        new Schedule.Cosine(0.125),
                        9,
                        3,
                        4,
                        0.5,
                        Optional.of(Duration.ofHours(1)),
                        2,
                        11,
                        GradientMode.RECOMPUTE));
        assertThat(settings.toBuilder().build()).isEqualTo(settings);
    }

    @Test
    void theDefaultsAreThoseThatAreDocumented() {
        TrainerSettings settings = TrainerSettings.defaults();
        assertThat(settings.optimizer()).isEqualTo(new OptimizerSettings.Adam(0.9, 0.999, 1e-8, 0));
        assertThat(settings.learningRate()).isEqualTo(1e-3);
        assertThat(settings.batchSize()).isEqualTo(256);
        assertThat(settings.epochs()).isEqualTo(100);
        assertThat(settings.patience()).isEqualTo(10);
    }

    static Stream<UnaryOperator<TrainerSettings.Builder>> outOfRange() {
        return Stream.of(
                settings -> settings.epochs(0),
                settings -> settings.batchSize(0),
                settings -> settings.warmUpSteps(-1),
                settings -> settings.patience(0),
                settings -> settings.threads(0),
                settings -> settings.learningRate(0),
                settings -> settings.learningRate(Double.NaN),
                settings -> settings.learningRate(Double.POSITIVE_INFINITY),
                settings -> settings.clipNorm(0),
                settings -> settings.clipNorm(Double.NaN),
                settings -> settings.minImprovement(-1),
                settings -> settings.minImprovement(Double.NaN),
                settings -> settings.minImprovement(Double.POSITIVE_INFINITY),
                settings -> settings.timeBudget(Duration.ZERO),
                settings -> settings.timeBudget(Duration.ofSeconds(-1)),
                settings -> settings.timeBudget(Duration.ofDays(365_000)),
                settings -> settings.optimizer(new OptimizerSettings.Adam(0.9, 0.999, 1e-50, 0)),
                settings -> settings.optimizer(new OptimizerSettings.Adam(0.9, 1 - 1e-9, 1e-8, 0)));
    }

    @ParameterizedTest
    @MethodSource("outOfRange")
    void settingsOutOfRangeAreRefused(UnaryOperator<TrainerSettings.Builder> change) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> change.apply(TrainerSettings.builder()).build());
    }

    static Stream<UnaryOperator<TrainerSettings.Builder>> missing() {
        return Stream.of(
                settings -> settings.optimizer(null),
                settings -> settings.schedule(null),
                settings -> settings.gradientMode(null));
    }

    @ParameterizedTest
    @MethodSource("missing")
    void nothingMayBeMissing(UnaryOperator<TrainerSettings.Builder> change) {
        TrainerSettings.Builder builder = change.apply(TrainerSettings.builder());
        assertThatNullPointerException().isThrownBy(builder::build);
    }
}
