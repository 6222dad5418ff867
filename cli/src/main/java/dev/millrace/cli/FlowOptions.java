package dev.millrace.cli;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options about a flow and its training. */
final class FlowOptions {

    @Option(
            names = "--preset",
            paramLabel = "NAME",
            converter = PresetConverter.class,
            description = "Family of the flow. For tables: spline (default), realnvp (default where --max-time is short"
                    + " for the rows) or nice; for images: realnvp-small (default), realnvp or nice, as in their"
                    + " papers.")
    Optional<Preset> preset = Optional.empty();

    @Option(names = "--layers", paramLabel = "N", description = "Coupling layers.")
    Optional<Integer> layers = Optional.empty();

    @Option(
            names = "--hidden",
            split = ",",
            paramLabel = "N",
            description = "Widths of the conditioner networks' hidden layers, such as 128,128.")
    List<Integer> hidden;

    @Option(
            names = "--features",
            paramLabel = "N",
            description = "Of images: channels of the convolutional networks at the first scale.")
    Optional<Integer> features = Optional.empty();

    @Option(names = "--blocks", paramLabel = "N", description = "Of images: residual blocks of each network.")
    Optional<Integer> blocks = Optional.empty();

    @Option(
            names = "--scales",
            paramLabel = "N",
            description = "Of images: scales of the flow; each but the last halves height and width.")
    Optional<Integer> scales = Optional.empty();

    @Option(names = "--epochs", paramLabel = "N", description = "Most passes over the rows.")
    Optional<Integer> epochs = Optional.empty();

    @Option(
            names = "--max-time",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description =
                    "Most time to train, such as 90s, 10m or 1h30m. A run that it ends cannot be repeated to the bit.")
    Optional<Duration> maxTime = Optional.empty();

    @Option(names = "--batch", paramLabel = "N", description = "Rows of a training step.")
    Optional<Integer> batch = Optional.empty();

    @Option(names = "--learning-rate", paramLabel = "X", description = "Largest learning rate.")
    Optional<Double> learningRate = Optional.empty();

    @Option(names = "--weight-decay", paramLabel = "X", description = "Decay of the networks' weights.")
    Optional<Double> weightDecay = Optional.empty();

    @Option(
            names = "--patience",
            paramLabel = "N",
            description = "Epochs without improvement before the learning rate falls.")
    Optional<Integer> patience = Optional.empty();

    /** @throws CommandException if a value is out of its range */
    Overrides overrides() {
        try {
            return new Overrides(
                    preset,
                    layers,
                    Optional.ofNullable(hidden),
                    epochs,
                    maxTime,
                    batch,
                    learningRate,
                    weightDecay,
                    patience,
                    new MultiScaleChoices(features, blocks, scales));
        } catch (IllegalArgumentException e) {
            throw CommandException.usage(e.getMessage());
        }
    }
}
