package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.model.Fields;
import dev.millrace.model.Json;
import dev.millrace.train.GradientMode;
import dev.millrace.train.OptimizerSettings;
import dev.millrace.train.Schedule;
import dev.millrace.train.TrainerSettings;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TrainingTreeTest {

    static Stream<TrainerSettings> settings() {
        return Stream.of(
                TrainerSettings.defaults(),
                FitDefaults.plan(1000, 3, Overrides.none(), 1, 1).training(),
                TrainerSettings.builder()
                        .schedule(new Schedule.Cosine(0.1))
                        .optimizer(new OptimizerSettings.Sgd(0.9, 1e-4))
                        .gradientMode(GradientMode.RECOMPUTE)
                        .timeBudget(Duration.ofMinutes(10))
                        .clipNorm(5)
                        .build());
    }

    @ParameterizedTest
    @MethodSource("settings")
    void comesBackAsItWas(TrainerSettings settings) {
        Object tree = Json.parse(Json.write(TrainingTree.write(settings)));

        TrainerSettings read = TrainingTree.read(Fields.of(tree, "training"), settings.seed(), settings.threads());

        assertThat(TrainingTree.write(read)).isEqualTo(TrainingTree.write(settings));
        assertThat(read.schedule()).isEqualTo(settings.schedule());
        assertThat(read.optimizer()).isEqualTo(settings.optimizer());
        assertThat(read.timeBudget()).isEqualTo(settings.timeBudget());
    }
}
