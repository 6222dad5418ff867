package dev.millrace.cli;

import java.util.Map;

/** An option of {@code fit} whose value a model's provenance tells, in the order in which a command line is written. */
enum RecordedOption {
    SEED("--seed", Provenance.SEED),
    MISSING("--missing", reading("missing")),
    HEADER("--header", reading("header")),
    ARRAY("--array", reading("array")),
    DEQUANTIZE("--dequantize", reading("dequantize")),
    VALIDATION("--validation", reading("validation")),
    PRESET("--preset", Provenance.FLOW, "preset"),
    LAYERS("--layers", Provenance.FLOW, "layers"),
    HIDDEN("--hidden", Provenance.FLOW, "hidden"),
    FEATURES("--features", Provenance.FLOW, "features"),
    BLOCKS("--blocks", Provenance.FLOW, "blocks"),
    SCALES("--scales", Provenance.FLOW, "scales"),
    LEVELS("--levels", reading("levels")),
    FLIP("--flip", reading("flip")),
    EPOCHS("--epochs", Provenance.TRAINING, "epochs"),
    BATCH("--batch", Provenance.TRAINING, "batch"),
    LEARNING_RATE("--learning-rate", Provenance.TRAINING, "learningRate"),
    WEIGHT_DECAY("--weight-decay", Provenance.TRAINING, "optimizer", "weightDecay"),
    PATIENCE("--patience", Provenance.TRAINING, "patience"),
    COLUMNS("--columns", Provenance.DATA, "columns");

    private final String option;
    private final String[] path;

    RecordedOption(String option, String... path) {
        this.option = option;
        this.path = path;
    }

    private static String[] reading(String key) {
        return new String[] {Provenance.DATA, Provenance.READING, key};
    }

    /** As it is typed. */
    String option() {
        return option;
    }

    /** What a provenance tells of it; null if nothing. */
    Object in(Map<String, Object> provenance) {
        return Provenance.at(provenance, path);
    }
}
