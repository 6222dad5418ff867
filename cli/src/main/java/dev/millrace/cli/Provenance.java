package dev.millrace.cli;

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
    static final String READING = "reading";
    static final String INTERRUPTED = "interrupted";
    static final String PROLONGED = "prolonged";

    private Provenance() {}

    static Map<String, Object> of(long seed, FitData data, FitPlan plan) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("millrace", Version.current());
        tree.put(SEED, seed);
        tree.put(DATA, data.description());
        tree.put(FLOW, plan.flow().toTree());
        tree.put(TRAINING, TrainingTree.write(plan.training()));
        data.gaussian().ifPresent(gaussian -> tree.put(GAUSSIAN, gaussian.toTree()));
        return tree;
    }

    /** What stands at the end of a path of keys; null if nothing does. */
    static Object at(Map<String, Object> provenance, String... path) {
        Object place = provenance;
        for (String key : path) {
            place = place instanceof Map<?, ?> map ? map.get(key) : null;
        }
        return place;
    }

    /** Where the test rows came from: the {@linkplain HeldOut#id() id} of that. */
    static Object test(Map<String, Object> provenance) {
        return at(provenance, DATA, READING, "test");
    }
}
