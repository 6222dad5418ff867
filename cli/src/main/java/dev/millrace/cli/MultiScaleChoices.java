package dev.millrace.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What the user has decided about a multi-scale flow of images. */
record MultiScaleChoices(Optional<Integer> features, Optional<Integer> blocks, Optional<Integer> scales) {

    /** @throws IllegalArgumentException if a value is out of its range, naming the option */
    MultiScaleChoices {
        features.ifPresent(value -> Overrides.requireAtLeastOne("--features", value));
        blocks.ifPresent(value -> Overrides.requireAtLeastOne("--blocks", value));
        scales.ifPresent(value -> Overrides.requireAtLeastOne("--scales", value));
    }

    /** Nothing decided. */
    static MultiScaleChoices none() {
        return new MultiScaleChoices(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** @throws CommandException if anything is decided, where it does not apply */
    void requireNone(String other) {
        Map<String, Optional<Integer>> options = new LinkedHashMap<>();
        options.put("--features", features);
        options.put("--blocks", blocks);
        options.put("--scales", scales);
        options.forEach((option, value) -> Overrides.requireAbsent(option, value, other));
    }
}
