package dev.millrace.model;

import dev.millrace.Flow;
import dev.millrace.net.Tensor;
import dev.millrace.train.EpochReport;
import dev.millrace.train.TrainingState;
import dev.millrace.train.TrainingState.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
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

    /**
     * Writes the checkpoint, atomically: on failure an existing file stays as it was.
     *
     * @throws IOException if the file cannot be written
     */
    public void write(Path file) throws IOException {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put(Model.FORMAT_KEY, FORMAT);
        metadata.put("architecture", Json.write(Architecture.write(state.current())));
        metadata.put("encoding", Json.write(encoding));
        metadata.put("provenance", Json.write(provenance));
        metadata.put("history", Json.write(HistoryTree.write(state.history())));
        metadata.put("progress", Json.write(write(state.progress())));
        List<StoredTensor> tensors = new ArrayList<>();
        FlowTensors.write("current.", state.current().state(), tensors);
        FlowTensors.write("best.", state.best().state(), tensors);
        FlowTensors.write("first.", state.first(), tensors);
        FlowTensors.write("second.", state.second(), tensors);
        new TensorFile(metadata, tensors).write(file);
    }

    /**
     * Reads a checkpoint.
     *
     * @throws ModelFormatException if it is not a valid checkpoint; the message names the file and the place in it
     * @throws IOException if the file cannot be read
     */
    public static Checkpoint read(Path file) throws IOException {
        TensorFile stored = TensorFile.read(file);
        try {
            return of(stored);
        } catch (ModelFormatException e) {
            throw new ModelFormatException(file + ": " + e.getMessage(), e);
        }
    }

    private static Checkpoint of(TensorFile file) {
        Model.requireFormat(file, FORMAT);
        Flow current = Architecture.read(Model.tree(file, "architecture"), FlowTensors.count(file));
        Flow best = current.copy();
        Map<String, Tensor> first = new LinkedHashMap<>();
        Map<String, Tensor> second = new LinkedHashMap<>();
        current.state().forEach((name, tensor) -> {
            if (tensor.trainable()) {
                first.put(name, tensor.copy());
                second.put(name, tensor.copy());
            }
        });
        Model.requireTensors(file, 2 * current.state().size() + 2 * first.size());
        FlowTensors.read("current.", file, current.state());
        FlowTensors.read("best.", file, best.state());
        FlowTensors.read("first.", file, first);
        FlowTensors.read("second.", file, second);
        current.parametersChanged();
        best.parametersChanged();
        List<EpochReport> history = HistoryTree.read(Model.tree(file, "history"));
        Progress progress = progress(Model.tree(file, "progress"), history.size());
        TrainingState state = new TrainingState(current, best, first, second, progress, history);
        return new Checkpoint(state, Model.object(file, "encoding"), Model.object(file, "provenance"));
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
