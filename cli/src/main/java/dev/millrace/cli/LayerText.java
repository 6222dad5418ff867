package dev.millrace.cli;

import dev.millrace.bijection.Bijection;
import dev.millrace.bijection.Coupling;
import dev.millrace.bijection.FactorOut;
import dev.millrace.bijection.Logit;
import dev.millrace.bijection.Shape;
import dev.millrace.bijection.Squeeze;
import dev.millrace.net.Mlp;
import dev.millrace.net.Network;
import dev.millrace.net.ResidualConv;
import dev.millrace.net.ResidualConvSettings;
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
        if (layer instanceof Coupling coupling) {
            return network(coupling.conditioner()) + ", " + transformer(coupling.transformer());
        }
        if (layer instanceof Logit logit) {
            return logit.variant().name().toLowerCase(Locale.ROOT) + ", alpha " + logit.alpha();
        }
        if (layer instanceof Squeeze squeeze) {
            return images(squeeze.isUndone(), squeeze.image(), squeeze.squeezed());
        }
        return layer instanceof FactorOut factorOut ? images(false, factorOut.image(), factorOut.remaining()) : "";
    }

    private static String images(boolean back, Shape image, Shape other) {
        return back ? other + " → " + image : image + " → " + other;
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
        if (network instanceof ResidualConv convolutions) {
            ResidualConvSettings settings = convolutions.settings();
            return "ResidualConv of " + settings.height() + " × " + settings.width() + ", " + settings.features()
                    + " features, " + settings.blocks() + " blocks";
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
