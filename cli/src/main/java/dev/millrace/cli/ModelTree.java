package dev.millrace.cli;

import dev.millrace.bijection.Bijection;
import dev.millrace.model.Json;
import dev.millrace.model.Model;
import dev.millrace.model.TensorFile;
import dev.millrace.train.EpochReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All that a model file says, but the numbers of its tensors, as a tree. */
record ModelTree(Path file, Model model) {

    Map<String, Object> toTree() throws IOException {
        Map<String, String> metadata = TensorFile.readMetadata(file);
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("file", file.toString());
        tree.put("format", metadata.get("format"));
        tree.put("sha256", model.sha256());
        tree.put("columns", model.flow().dimension());
        tree.put("parameters", model.flow().parameterCount());
        tree.put("layers", layers());
        tree.put("architecture", Json.parse(metadata.get("architecture")));
        tree.put("encoding", model.encoding());
        tree.put("provenance", model.provenance());
        tree.put("history", history());
        return tree;
    }

    private List<Object> layers() {
        List<Object> layers = new ArrayList<>();
        for (Bijection layer : model.flow().layers()) {
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("kind", layer.getClass().getSimpleName());
            tree.put("parameters", LayerText.parameters(layer));
            layers.add(tree);
        }
        return layers;
    }

    private List<Object> history() {
        List<Object> epochs = new ArrayList<>();
        for (EpochReport report : model.history()) {
            Map<String, Object> epoch = new LinkedHashMap<>();
            epoch.put("epoch", report.epoch());
            epoch.put("trainLogProb", report.trainLogProb());
            epoch.put(
                    "validationLogProb", Double.isNaN(report.validationLogProb()) ? null : report.validationLogProb());
            epoch.put("learningRate", report.learningRate());
            epochs.add(epoch);
        }
        return epochs;
    }
}
