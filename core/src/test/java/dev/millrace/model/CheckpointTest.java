package dev.millrace.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.millrace.Flow;
import dev.millrace.Samples;
import dev.millrace.train.EpochReport;
import dev.millrace.train.RowSource;
import dev.millrace.train.Trainer;
import dev.millrace.train.TrainerSettings;
import dev.millrace.train.TrainingListener;
import dev.millrace.train.TrainingState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckpointTest {

    @TempDir
    Path folder;

    private Path file;
    private TensorFile valid;

    @BeforeEach
    void train() throws IOException {
        file = folder.resolve("run.checkpoint");
        TrainerSettings settings =
                TrainerSettings.builder().epochs(3).batchSize(30).threads(1).build();
        RowSource rows = RowSource.of(Samples.ring(60, 1), 2);
        TrainingState[] last = new TrainingState[1];
        new Trainer(settings).fit(Flow.realNvp(2).couplings(1).hidden(4).build(), rows, rows, new TrainingListener() {
            @Override
            public void epochDone(EpochReport report, Supplier<TrainingState> state) {
                last[0] = state.get();
            }
        });
        new Checkpoint(last[0], Map.of(), Map.of()).write(file);
        valid = TensorFile.read(file);
    }

    @Test
    void itComesBackAsItWas() throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        Checkpoint.read(file).write(file);
        assertThat(file).hasBinaryContent(bytes);
    }

    @ParameterizedTest
    @CsvSource({
        "epochs, 4",
        "epochs, -1",
        "steps, -1",
        "steps, 2",
        "bestEpoch, 0",
        "bestEpoch, 4",
        "bestEpoch, -7",
        "stalled, -1",
        "rateFactor, 0",
        "rateFactor, 1.5",
        "rateFactor, -1"
    })
    void whereNoRunCanStandIsRefused(String key, String value) {
        String progress = valid.metadata().get("progress");
        String changed = progress.replaceAll("(\"" + key + "\":)[^,}]+", "$1" + value);
        assertThat(changed).isNotEqualTo(progress);
        requireRefusal(
                with("progress", changed), new ArrayList<>(valid.tensors().values()), "progress: a run cannot");
    }

    @Test
    void textEntriesMustBeThere() {
        List<StoredTensor> tensors = new ArrayList<>(valid.tensors().values());
        requireRefusal(with("progress", "{}"), tensors, "progress.epochs: missing");
        requireRefusal(with("progress", "[]"), tensors, "progress: expected an object");
        requireRefusal(with("history", "{\"epochs\":[]}"), tensors, "progress: a run cannot stand there after 0");
        requireRefusal(with("format", Model.FORMAT), tensors, "expected a file of format millrace-checkpoint/1");
        for (String key : valid.metadata().keySet()) {
            Map<String, String> metadata = new LinkedHashMap<>(valid.metadata());
            metadata.remove(key);
            requireRefusal(metadata, tensors, key);
        }
    }

    @Test
    void tensorsMustBeThoseOfTheRun() {
        List<StoredTensor> tensors = new ArrayList<>(valid.tensors().values());
        for (int i = 0; i < tensors.size(); i++) {
            List<StoredTensor> changed = new ArrayList<>(tensors);
            StoredTensor removed = changed.remove(i);
            requireRefusal(valid.metadata(), changed, "tensors, but the file holds " + changed.size());
            changed.add(StoredTensor.of(removed.name(), new int[] {1, 1, 1}, new double[1]));
            requireRefusal(valid.metadata(), changed, "tensor " + removed.name() + ": expected ");
            changed.set(changed.size() - 1, StoredTensor.of("other", new int[0], new double[1]));
            requireRefusal(valid.metadata(), changed, "tensor \"" + removed.name() + "\": missing");
        }
    }

    @Test
    void damagedFilesAreRefusedOrCheckpoints() throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        Random random = new Random(3);
        int refused = 0;
        for (int round = 0; round < 500; round++) {
            byte[] damaged = Arrays.copyOf(bytes, bytes.length - (round % 5 == 0 ? random.nextInt(bytes.length) : 0));
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, damaged);
            try {
                Checkpoint.read(file);
            } catch (ModelFormatException e) {
                refused++;
            }
        }
        assertThat(refused).isBetween(150, 450);
    }

    @Test
    void aModelIsNoCheckpoint() throws IOException {
        Model model = new Model(Flow.realNvp(2).hidden(4).build(), Map.of(), Map.of(), List.of());
        model.write(file);
        assertThatExceptionOfType(ModelFormatException.class)
                .isThrownBy(() -> Checkpoint.read(file))
                .withMessage(file + ": expected a file of format millrace-checkpoint/1, found \"millrace-model/1\"");
    }

    private Map<String, String> with(String key, String value) {
        Map<String, String> metadata = new LinkedHashMap<>(valid.metadata());
        assertThat(metadata.put(key, value)).isNotNull();
        return metadata;
    }

    private void requireRefusal(Map<String, String> metadata, List<StoredTensor> tensors, String message) {
        try {
            new TensorFile(metadata, tensors).write(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        assertThatExceptionOfType(ModelFormatException.class)
                .isThrownBy(() -> Checkpoint.read(file))
                .withMessageStartingWith(file + ": ")
                .withMessageContaining(message);
    }
}
