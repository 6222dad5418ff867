package dev.millrace.cli;

import dev.millrace.model.Json;
import java.util.Map;
import java.util.Optional;

/** Options given along with {@code --resume}: each must say what the checkpoint says. */
record GivenAgain(DataOptions data, Overrides overrides, Optional<Long> seed, boolean testFile) {

    /** @throws CommandException naming the first option that contradicts */
    void requireAgreement(Map<String, Object> provenance) {
        for (RecordedOption option : RecordedOption.values()) {
            given(option).ifPresent(value -> require(option, value, provenance));
        }
        if (testFile != HeldOut.FILE.id().equals(Provenance.test(provenance))) {
            throw CommandException.usage(
                    testFile
                            ? "--test contradicts the checkpoint: the training began without"
                            : "--test is missing: the training began with it, and goes on only with the same rows");
        }
    }

    private Optional<?> given(RecordedOption option) {
        return switch (option) {
            case SEED -> seed;
            case MISSING -> data.source.missing.map(DataSettings::id);
            case HEADER -> data.source.header.map(DataSettings::id);
            case ARRAY -> data.source.array;
            case DEQUANTIZE -> data.dequantize.map(DataSettings::id);
            case VALIDATION -> data.validation;
            case PRESET -> overrides.preset().map(Preset::id);
            case LAYERS -> overrides.layers();
            case HIDDEN -> overrides.hidden();
            case FEATURES -> overrides.multiScale().features();
            case BLOCKS -> overrides.multiScale().blocks();
            case SCALES -> overrides.multiScale().scales();
            case LEVELS -> data.levels;
            case FLIP -> data.flip;
            case BATCH -> overrides.batch();
            case LEARNING_RATE -> overrides.learningRate();
            case WEIGHT_DECAY -> overrides.weightDecay();
            case PATIENCE -> overrides.patience();
            case COLUMNS -> Optional.of(data.columns).filter(names -> !names.isEmpty());
            // Which may be raised, and is looked at by what resumes.
            case EPOCHS -> Optional.empty();
        };
    }

    private static void require(RecordedOption option, Object given, Map<String, Object> provenance) {
        // As text, in which an Integer is the Long it is read back as.
        String asked = Json.write(given);
        String stored = Json.write(option.in(provenance));
        if (!asked.equals(stored)) {
            throw CommandException.usage(option.option() + " " + asked + " contradicts the checkpoint, which says "
                    + stored + "; leave the option out, or begin anew without --resume");
        }
    }
}
