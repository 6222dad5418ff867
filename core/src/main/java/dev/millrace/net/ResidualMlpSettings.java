package dev.millrace.net;

import java.util.Objects;

/**
 * The shape of a {@link ResidualMlp}.
 *
 * @param inputs entries of an input row, at least 0
 * @param width entries of the residual stream, at least 1
 * @param blocks residual blocks of two linear layers each, at least 1
 * @param outputs entries of an output row, at least 1
 * @param activation before each linear layer but the first
 */
public record ResidualMlpSettings(int inputs, int width, int blocks, int outputs, Activation activation) {

    /** @throws IllegalArgumentException if a number is out of its range */
    public ResidualMlpSettings {
        Objects.requireNonNull(activation, "activation");
        if (inputs < 0 || width < 1 || blocks < 1 || outputs < 1) {
            throw new IllegalArgumentException(
                    "a residual network needs inputs >= 0 and width, blocks, outputs >= 1, not " + inputs + ", " + width
                            + ", " + blocks + ", " + outputs);
        }
    }
}
