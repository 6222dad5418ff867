package dev.millrace.cli;

import dev.millrace.model.Json;
import java.util.Map;
import java.util.Optional;

/** Options given along with {@code --resume}: each must say what the checkpoint says. */
record GivenAgain(DataOptions data, Overrides overrides, Optional<Long> seed, boolean testFile) {

    /** @throws CommandException naming the first option that contradicts */
    void requireAgreement(Map<String, Object> provenance) {
        require("--seed", seed, provenance, Provenance.SEED);
        require(
                "--missing",
                data.source.missing.map(DataSettings::id),
                provenance,
                Provenance.DATA,
                Provenance.READING,
                "missing");
        require(
                "--header",
                data.source.header.map(DataSettings::id),
                provenance,
                Provenance.DATA,
                Provenance.READING,
                "header");
        require("--array", data.source.array, provenance, Provenance.DATA, Provenance.READING, "array");
        require(
                "--dequantize",
                data.dequantize.map(DataSettings::id),
                provenance,
                Provenance.DATA,
                Provenance.READING,
                "dequantize");
        require("--validation", data.validation, provenance, Provenance.DATA, Provenance.READING, "validation");
        require(
                "--columns",
                Optional.of(data.columns).filter(names -> !names.isEmpty()),
                provenance,
                Provenance.DATA,
                "columns");
        require("--preset", overrides.preset().map(Preset::id), provenance, Provenance.FLOW, "preset");
        require("--layers", overrides.layers(), provenance, Provenance.FLOW, "layers");
        require("--hidden", overrides.hidden(), provenance, Provenance.FLOW, "hidden");
        require("--features", overrides.multiScale().features(), provenance, Provenance.FLOW, "features");
        require("--blocks", overrides.multiScale().blocks(), provenance, Provenance.FLOW, "blocks");
        require("--scales", overrides.multiScale().scales(), provenance, Provenance.FLOW, "scales");
        require("--levels", data.levels, provenance, Provenance.DATA, Provenance.READING, "levels");
        require("--flip", data.flip, provenance, Provenance.DATA, Provenance.READING, "flip");
        require("--batch", overrides.batch(), provenance, Provenance.TRAINING, "batch");
        require("--learning-rate", overrides.learningRate(), provenance, Provenance.TRAINING, "learningRate");
        require("--weight-decay", overrides.weightDecay(), provenance, Provenance.TRAINING, "optimizer", "weightDecay");
        require("--patience", overrides.patience(), provenance, Provenance.TRAINING, "patience");
        requireTest(at(provenance, Provenance.DATA, Provenance.READING, "test"));
    }

    private void requireTest(Object stored) {
        if (testFile != HeldOut.FILE.id().equals(stored)) {
            throw CommandException.usage(
                    testFile
                            ? "--test contradicts the checkpoint: the training began without"
                            : "--test is missing: the training began with it, and goes on only with the same rows");
        }
    }

    private static void require(String option, Optional<?> given, Map<String, Object> provenance, String... path) {
        if (given.isEmpty()) {
            return;
        }
        Object stored = at(provenance, path);
        // As text, in which an Integer is the Long it is read back as.
        String asked = Json.write(given.get());
        if (!asked.equals(Json.write(stored))) {
            throw CommandException.usage(option + " " + asked + " contradicts the checkpoint, which says "
                    + Json.write(stored) + "; leave the option out, or begin anew without --resume");
        }
    }

    private static Object at(Object tree, String... path) {
        Object place = tree;
        for (String key : path) {
            place = place instanceof Map<?, ?> map ? map.get(key) : null;
        }
        return place;
    }
}
