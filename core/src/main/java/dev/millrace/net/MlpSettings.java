package dev.millrace.net;

import java.util.List;
import java.util.Objects;

/**
 * The shape of an {@link Mlp}.
 *
 * @param inputs entries of an input row, at least 0
 * @param hidden widths of the hidden layers, each at least 1; may be empty
 * @param outputs entries of an output row, at least 1
 * @param activation between the layers
 */
public record MlpSettings(int inputs, List<Integer> hidden, int outputs, Activation activation) {

    /** @throws IllegalArgumentException if a width is out of its range */
    public MlpSettings {
        Objects.requireNonNull(activation, "activation");
        if (inputs < 0 || outputs < 1) {
            throw new IllegalArgumentException(
                    "a network needs at least 0 inputs and 1 output, not " + inputs + " and " + outputs);
        }
        hidden = List.copyOf(hidden);
        if (hidden.stream().anyMatch(width -> width < 1)) {
            throw new IllegalArgumentException("hidden widths must be at least 1: " + hidden);
        }
    }
}
