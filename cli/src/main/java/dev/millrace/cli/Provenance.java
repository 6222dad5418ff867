package dev.millrace.cli;

import dev.millrace.data.Fingerprint;
import dev.millrace.data.ReadResult;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where a model comes from, as a tree to be stored in it. Nothing in it depends on the machine, the clock, the number of
 * threads or the names of files, so that equal runs give equal files.
 */
final class Provenance {

    static final String SEED = "seed";
    static final String DATA = "data";
    static final String FLOW = "flow";
    static final String TRAINING = "training";
    static final String GAUSSIAN = "gaussian";
    static final String FINGERPRINT = "fingerprint";

    private Provenance() {}

    static Map<String, Object> of(long seed, ReadResult read, DataSettings settings, FitData data, FitPlan plan) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("millrace", Version.current());
        tree.put(SEED, seed);
        tree.put(DATA, data(read, settings, data));
        tree.put(FLOW, plan.flow().toTree());
        tree.put(TRAINING, TrainingTree.write(plan.training()));
        GaussianBaseline.fit(data.trainRows()).ifPresent(gaussian -> tree.put(GAUSSIAN, gaussian.toTree()));
        return tree;
    }

    private static Map<String, Object> data(ReadResult read, DataSettings settings, FitData data) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("rows", read.table().rows());
        tree.put("droppedRows", read.droppedRows());
        tree.put("columns", read.table().columns());
        tree.put(FINGERPRINT, Fingerprint.of(read.table()));
        tree.put("trainRows", data.train().rows());
        tree.put("validationRows", data.validation().rows());
        tree.put("testRows", data.test().rows());
        tree.put("reading", settings.toTree());
        return tree;
    }
}
