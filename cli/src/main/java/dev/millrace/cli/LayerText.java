package dev.millrace.cli;

import dev.millrace.bijection.Bijection;
import dev.millrace.bijection.Coupling;
import dev.millrace.net.Mlp;
import dev.millrace.net.Network;
import dev.millrace.net.Tensor;
import dev.millrace.transformer.Affine;
import dev.millrace.transformer.Transformer;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Words for a layer of a flow. */
final class LayerText {

    private LayerText() {}

    /** Trainable numbers. */
    static long parameters(Bijection layer) {
        return layer.state().values().stream()
                .filter(Tensor::trainable)
                .mapToLong(Tensor::size)
                .sum();
    }

    /** What its kind alone does not say; may be empty. */
    static String describe(Bijection layer) {
        return layer instanceof Coupling coupling
                ? network(coupling.conditioner()) + ", " + transformer(coupling.transformer())
                : "";
    }

    private static String network(Network network) {
        if (network instanceof Mlp mlp) {
            String widths = Stream.of(
                            Stream.of(mlp.settings().inputs()),
                            mlp.settings().hidden().stream(),
                            Stream.of(mlp.settings().outputs()))
                    .flatMap(part -> part)
                    .map(String::valueOf)
                    .collect(Collectors.joining(" → "));
            return "Mlp " + widths + " " + mlp.settings().activation().name().toLowerCase(Locale.ROOT);
        }
        return network.getClass().getSimpleName() + " " + network.inputs() + " → " + network.outputs();
    }

    private static String transformer(Transformer transformer) {
        String scale = transformer instanceof Affine affine
                ? " with log-scale " + affine.logScale().name().toLowerCase(Locale.ROOT)
                : "";
        return transformer.getClass().getSimpleName() + " of " + transformer.entries() + scale;
    }
}
