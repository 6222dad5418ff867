package dev.millrace.cli;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What the user has decided about a flow and its training; the rest is up to {@link FitDefaults}. */
record Overrides(
        Optional<Preset> preset,
        Optional<Integer> layers,
        Optional<List<Integer>> hidden,
        Optional<Integer> epochs,
        Optional<Duration> maxTime,
        Optional<Integer> batch,
        Optional<Double> learningRate,
        Optional<Double> weightDecay,
        Optional<Integer> patience,
        MultiScaleChoices multiScale) {

    /** @throws IllegalArgumentException if a value is out of its range, naming the option */
    Overrides {
        layers.ifPresent(value -> requireAtLeastOne("--layers", value));
        hidden.ifPresent(widths -> widths.forEach(width -> requireAtLeastOne("--hidden", width)));
        epochs.ifPresent(value -> requireAtLeastOne("--epochs", value));
        batch.ifPresent(value -> requireAtLeastOne("--batch", value));
        patience.ifPresent(value -> requireAtLeastOne("--patience", value));
        learningRate.ifPresent(value -> require(value > 0, "--learning-rate must be above 0, not " + value));
        learningRate.ifPresent(value -> require(Double.isFinite(value), "--learning-rate must be finite"));
        weightDecay.ifPresent(value -> require(value >= 0, "--weight-decay must be at least 0, not " + value));
        weightDecay.ifPresent(value -> require(Double.isFinite(value), "--weight-decay must be finite"));
    }

    /** Nothing decided. */
    static Overrides none() {
        return new Overrides(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                MultiScaleChoices.none());
    }

    /** @throws CommandException if an option is given that does not go with others */
    static void requireAbsent(String option, Optional<?> value, String other) {
        if (value.isPresent()) {
            throw CommandException.usage(option + " does not go with " + other);
        }
    }

    static void requireAtLeastOne(String option, int value) {
        require(value >= 1, option + " must be at least 1, not " + value);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
