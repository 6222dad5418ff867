package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.Flow;
import dev.millrace.model.Checkpoint;
import dev.millrace.train.EpochReport;
import dev.millrace.train.RowSource;
import dev.millrace.train.Trainer;
import dev.millrace.train.TrainerSettings;
import dev.millrace.train.TrainingListener;
import dev.millrace.train.TrainingState;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointKeeperTest {

    @TempDir
    Path folder;

    /** A training of two epochs, both offered. */
    private void train(CheckpointKeeper keeper) {
        RowSource rows = RowSource.of(new double[] {0.1, -0.3, 0.7, 0.2, -1.1, 0.4}, 2);
        TrainerSettings settings =
                TrainerSettings.builder().epochs(2).batchSize(3).threads(1).build();
        TrainingListener offering = new TrainingListener() {
            @Override
            public void epochDone(EpochReport report, Supplier<TrainingState> state) {
                keeper.offer(state);
            }
        };
        new Trainer(settings).fit(Flow.realNvp(2).couplings(2).hidden(4).build(), rows, rows, offering);
    }

    private CheckpointKeeper keeper(Path file, Duration every) {
        return new CheckpointKeeper(file, Map.of(), Map.of(), every, false, new PrintWriter(new StringWriter()));
    }

    @Test
    void writesAtTheEndOfAnEpochWhenItIsTime() throws IOException {
        Path often = folder.resolve("often");
        Path seldom = folder.resolve("seldom");

        train(keeper(often, Duration.ofNanos(1)));
        train(keeper(seldom, Duration.ofHours(1)));

        assertThat(Checkpoint.read(often).state().progress().epochs()).isEqualTo(2);
        assertThat(seldom).doesNotExist();
    }

    @Test
    void deletesOnlyWhatIsItsOwn() throws IOException {
        Path file = Files.writeString(folder.resolve("foreign"), "somebody's");
        CheckpointKeeper keeper = keeper(file, Duration.ofHours(1));
        train(keeper);

        keeper.delete();
        assertThat(file).hasContent("somebody's");

        assertThat(keeper.write()).isTrue();
        keeper.delete();
        assertThat(file).doesNotExist();
    }
}
