package dev.millrace.model;

import static java.util.Objects.requireNonNull;

import dev.millrace.Flow;
import dev.millrace.net.Tensor;
import dev.millrace.train.EpochReport;
import dev.millrace.train.TrainingState;
import dev.millrace.train.TrainingState.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The state of an unfinished training in a file, from which it goes on to the same bits.
 *
 * @param state where the training stands
 * @param encoding as in a {@link Model}
 * @param provenance as in a {@link Model}: the settings with which the training must go on
 */
public record Checkpoint(TrainingState state, Map<String, Object> encoding, Map<String, Object> provenance) {

    private static final String FORMAT = "millrace-checkpoint/1";

    /** Before the names of the tensors of the flow that is trained. */
    static final String CURRENT = "current.";

    /** @throws NullPointerException if a part is null */
    public Checkpoint {
        requireNonNull(state, "state");
        requireNonNull(encoding, "encoding");
        requireNonNull(provenance, "provenance");
    }

    /**
     * Writes the checkpoint, atomically: on failure an existing file stays as it was.
     *
     * @throws IOException if the file cannot be written
     */
    public void write(Path file) throws IOException {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put(Model.FORMAT_KEY, FORMAT);
        metadata.put(Model.ARCHITECTURE, Model.architecture(state.current()));
        metadata.put("encoding", Json.write(encoding));
        metadata.put("provenance", Json.write(provenance));
        metadata.put("history", Json.write(HistoryTree.write(state.history())));
        metadata.put("progress", Json.write(write(state.progress())));
        FlowTensors tensors = tensors(state.current(), state.best(), state.first(), state.second());
        new TensorFileWriter(metadata, tensors.contents()).write(file);
    }

    /**
     * Reads a checkpoint.
     *
     * @throws ModelFormatException if it is not a valid checkpoint; the message names the file and the place in it
     * @throws IOException if the file cannot be read
     */
    public static Checkpoint read(Path file) throws IOException {
        return TensorFileReader.read(file, Checkpoint::of);
    }

    private static Checkpoint of(TensorFileReader reader) throws IOException {
        TensorHeader header = reader.header();
        Model.requireFormat(header, FORMAT);
        Flow current = Model.architecture(header, CURRENT);
        Flow best = current.copy();
        Map<String, Tensor> first = new LinkedHashMap<>();
        Map<String, Tensor> second = new LinkedHashMap<>();
        current.state().forEach((name, tensor) -> {
            if (tensor.trainable()) {
                first.put(name, tensor.copy());
                second.put(name, tensor.copy());
            }
        });
        tensors(current, best, first, second).read(reader);
        current.parametersChanged();
        best.parametersChanged();
        List<EpochReport> history = HistoryTree.read(Model.tree(header, "history"));
        Progress progress = progress(Model.tree(header, "progress"), history.size());
        TrainingState state = new TrainingState(current, best, first, second, progress, history);
        return new Checkpoint(state, Model.object(header, "encoding"), Model.object(header, "provenance"));
    }

    /** What a checkpoint of a training of this flow is going to hold. */
    static FlowTensors tensors(Flow flow) {
        Map<String, Tensor> trained = new LinkedHashMap<>(flow.state());
        trained.values().removeIf(tensor -> !tensor.trainable());
        return tensors(flow, flow, trained, trained);
    }

    private static FlowTensors tensors(Flow current, Flow best, Map<String, Tensor> first, Map<String, Tensor> second) {
        Map<String, Tensor> all = new LinkedHashMap<>();
        current.state().forEach((name, tensor) -> all.put(CURRENT + name, tensor));
        best.state().forEach((name, tensor) -> all.put("best." + name, tensor));
        first.forEach((name, tensor) -> all.put("first." + name, tensor));
        second.forEach((name, tensor) -> all.put("second." + name, tensor));
        return new FlowTensors(all);
    }

    private static Map<String, Object> write(Progress progress) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("epochs", (long) progress.epochs());
        tree.put("steps", progress.steps());
        tree.put("bestEpoch", (long) progress.bestEpoch());
        tree.put("bestScore", progress.bestScore());
        tree.put("lastImproved", progress.lastImproved());
        tree.put("stalled", (long) progress.stalled());
        tree.put("rateFactor", progress.rateFactor());
        return tree;
    }

    private static Progress progress(Fields fields, int epochs) {
        Progress progress = new Progress(
                fields.integer("epochs"),
                fields.longValue("steps"),
                fields.integer("bestEpoch"),
                fields.number("bestScore"),
                fields.number("lastImproved"),
                fields.integer("stalled"),
                fields.number("rateFactor"));
        fields.end();
        if (progress.epochs() != epochs
                || progress.bestEpoch() < 1
                || progress.bestEpoch() > epochs
                || progress.stalled() < 0
                || progress.steps() < epochs
                || !(progress.rateFactor() > 0 && progress.rateFactor() <= 1)) {
            throw new ModelFormatException(
                    fields.where() + ": a run cannot stand there after " + epochs + " epochs of history: " + progress);
        }
        return progress;
    }
}
