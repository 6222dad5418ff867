package dev.millrace.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.millrace.Flow;
import dev.millrace.RealNvp;
import dev.millrace.Samples;
import dev.millrace.Textures;
import dev.millrace.train.EpochReport;
import dev.millrace.train.OptimizerSettings;
import dev.millrace.train.RowSource;
import dev.millrace.train.Schedule;
import dev.millrace.train.StopReason;
import dev.millrace.train.Trainer;
import dev.millrace.train.TrainerSettings;
import dev.millrace.train.TrainingListener;
import dev.millrace.train.TrainingResult;
import dev.millrace.train.TrainingState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A run that goes on from a checkpoint ends with the same bits as one that was never interrupted. */
class ResumeTest {

    private static final RowSource TRAIN = RowSource.of(Samples.ring(90, 1), 2);
    private static final RowSource VALIDATION = RowSource.of(Samples.ring(100, 2), 2);

    @TempDir
    Path folder;

    private final Flow flow = Flow.realNvp(2)
            .couplings(3)
            .hidden(12)
            .normalisation(RealNvp.Normalisation.BATCH_NORM)
            .mixing(RealNvp.Mixing.LINEAR)
            .build();

    static Stream<TrainerSettings> settings() {
        TrainerSettings settings = TrainerSettings.builder()
                .epochs(14)
                .batchSize(30)
                .learningRate(2e-2)
                .threads(1)
                .build();
        return Stream.of(
                settings.toBuilder()
                        .optimizer(OptimizerSettings.Adam.withWeightDecay(0.1))
                        .warmUpSteps(20)
                        .clipNorm(3)
                        .build(),
                settings.toBuilder()
                        .optimizer(new OptimizerSettings.Sgd(0.9, 0))
                        .learningRate(2e-3)
                        .schedule(new Schedule.Cosine(0.1))
                        .build(),
                settings.toBuilder()
                        .schedule(new Schedule.Plateau(0.5, 1, 0.2, 0.3))
                        .build(),
                settings.toBuilder().patience(2).build());
    }

    @ParameterizedTest
    @MethodSource("settings")
    void theResultHasTheSameBits(TrainerSettings settings) throws IOException {
        TrainingResult whole = new Trainer(settings).fit(flow, TRAIN, VALIDATION, savingEveryEpoch());
        Trainer onTwoThreads = new Trainer(settings.toBuilder().threads(2).build());
        for (int epoch = 1; epoch <= whole.history().size(); epoch += 3) {
            Checkpoint checkpoint = Checkpoint.read(file(epoch));
            assertThat(checkpoint.encoding()).isEqualTo(Map.of("columns", 2L));
            assertThat(checkpoint.provenance()).isEqualTo(Map.of("seed", 1L));
            TrainingResult resumed =
                    onTwoThreads.resume(checkpoint.state(), TRAIN, VALIDATION, new TrainingListener() {});
            assertThat(model(resumed)).isEqualTo(model(whole));
            assertThat(resumed.bestEpoch()).isEqualTo(whole.bestEpoch());
            assertThat(resumed.reason()).isEqualTo(whole.reason());
        }
    }

    /** Their running averages are part of the state. */
    @Test
    void convolutionalNetworksGoOnWithTheSameBits() throws IOException {
        RowSource images = RowSource.of(Textures.waves(70, 3, 1), 9);
        TrainerSettings settings = TrainerSettings.builder()
                .epochs(3)
                .batchSize(32)
                .learningRate(1e-2)
                .threads(1)
                .build();
        TrainingResult whole =
                new Trainer(settings).fit(Textures.checkerboards(2, 3, 3, 3, 1), images, images, savingEveryEpoch());
        TrainingResult resumed = new Trainer(settings)
                .resume(Checkpoint.read(file(1)).state(), images, images, new TrainingListener() {});
        assertThat(model(resumed)).isEqualTo(model(whole));
    }

    private static byte[] model(TrainingResult result) {
        return new Model(result.flow(), Map.of(), Map.of(), result.history()).toBytes();
    }

    private Path file(int epoch) {
        return folder.resolve("epoch" + epoch + ".checkpoint");
    }

    private TrainingListener savingEveryEpoch() {
        return new TrainingListener() {
            @Override
            public void epochDone(EpochReport report, Supplier<TrainingState> state) {
                try {
                    new Checkpoint(state.get(), Map.of("columns", 2L), Map.of("seed", 1L)).write(file(report.epoch()));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        };
    }

    @Test
    void aRunThatIsOverGivesItsResultAgain() throws IOException {
        TrainerSettings settings =
                TrainerSettings.builder().epochs(2).batchSize(50).threads(1).build();
        TrainingResult whole = new Trainer(settings).fit(flow, TRAIN, VALIDATION, savingEveryEpoch());
        TrainerSettings shorter = settings.toBuilder().epochs(1).build();
        TrainingState over = Checkpoint.read(file(2)).state();
        for (TrainerSettings same : new TrainerSettings[] {settings, shorter}) {
            TrainingResult again = new Trainer(same).resume(over, TRAIN, VALIDATION, new TrainingListener() {});
            assertThat(model(again)).isEqualTo(model(whole));
            assertThat(again.reason()).isEqualTo(StopReason.EPOCHS);
        }
    }

    @Test
    void rowsOfAnotherDimensionAreRefused() throws IOException {
        TrainerSettings settings =
                TrainerSettings.builder().epochs(1).batchSize(50).threads(1).build();
        new Trainer(settings).fit(flow, TRAIN, VALIDATION, savingEveryEpoch());
        TrainingState state = Checkpoint.read(file(1)).state();
        RowSource three = RowSource.of(new double[6], 3);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Trainer(settings).resume(state, three, VALIDATION, new TrainingListener() {}))
                .withMessageContaining("dimension 2");
    }
}
