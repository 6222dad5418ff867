package dev.millrace;

import dev.millrace.bijection.Coupling;
import dev.millrace.bijection.Partition;
import dev.millrace.net.Activation;
import dev.millrace.net.Mlp;
import dev.millrace.net.MlpSettings;
import dev.millrace.transformer.Affine;
import dev.millrace.transformer.LogScale;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A RealNVP for rows of numbers (Dinh et al., arXiv 1605.08803): affine couplings whose log-scale is a learned scale ×
 * tanh, over odd and even entries in turn, with a normalisation before each and a standard normal at the end. An
 * immutable description; {@link #build()} makes the flow.
 *
 * @param dimension entries of a row, at least 1
 * @param couplings at least 1
 * @param hidden widths of the conditioners' hidden layers
 * @param activation of the conditioners; the paper's ReLU
 * @param logScale how the log-scale is bounded; the official code's tanh
 * @param normalisation before each coupling
 * @param mixing between the couplings
 * @param standardised whether a first layer standardises the data, which {@code Trainer} sets from the training rows
 * @param seed decides the first weights
 */
public record RealNvp(
        int dimension,
        int couplings,
        List<Integer> hidden,
        Activation activation,
        LogScale logScale,
        Normalisation normalisation,
        Mixing mixing,
        boolean standardised,
        long seed) {

    /** What keeps the couplings' numbers in a moderate range. */
    public enum Normalisation {
        /** Nothing. */
        NONE,
        /** Learned shift and scale that begin from the data. */
        ACT_NORM,
        /** The paper's: batch statistics in training, running averages afterwards. */
        BATCH_NORM
    }

    /** How entries move between the halves of successive couplings. */
    public enum Mixing {
        /** Not at all: the partition changes from odd to even entries in turn. */
        ALTERNATE,
        /** A fixed random permutation before each coupling. */
        PERMUTE,
        /** A learned linear map before each coupling, which begins as a random permutation. */
        LINEAR
    }

    /** @throws IllegalArgumentException if a number is out of its range */
    public RealNvp {
        if (dimension < 1 || couplings < 1) {
            throw new IllegalArgumentException(
                    "a flow needs at least 1 dimension and 1 coupling, not " + dimension + " and " + couplings);
        }
        Objects.requireNonNull(activation, "activation");
        Objects.requireNonNull(logScale, "logScale");
        Objects.requireNonNull(normalisation, "normalisation");
        Objects.requireNonNull(mixing, "mixing");
        hidden = List.copyOf(hidden);
        if (hidden.stream().anyMatch(width -> width < 1)) {
            throw new IllegalArgumentException("hidden widths must be at least 1: " + hidden);
        }
    }

    static RealNvp of(int dimension) {
        return new RealNvp(
                dimension,
                8,
                List.of(128, 128),
                Activation.RELU,
                LogScale.TANH,
                Normalisation.ACT_NORM,
                Mixing.ALTERNATE,
                true,
                1);
    }

    /** This description with other couplings. */
    public RealNvp couplings(int couplings) {
        return new RealNvp(
                dimension, couplings, hidden, activation, logScale, normalisation, mixing, standardised, seed);
    }

    /** This description with other hidden widths. */
    public RealNvp hidden(int... widths) {
        return new RealNvp(
                dimension,
                couplings,
                Arrays.stream(widths).boxed().toList(),
                activation,
                logScale,
                normalisation,
                mixing,
                standardised,
                seed);
    }

    /** This description with other activation. */
    public RealNvp activation(Activation activation) {
        return new RealNvp(
                dimension, couplings, hidden, activation, logScale, normalisation, mixing, standardised, seed);
    }

    /** This description with other bounding of the log-scale. */
    public RealNvp logScale(LogScale logScale) {
        return new RealNvp(
                dimension, couplings, hidden, activation, logScale, normalisation, mixing, standardised, seed);
    }

    /** This description with other normalisation. */
    public RealNvp normalisation(Normalisation normalisation) {
        return new RealNvp(
                dimension, couplings, hidden, activation, logScale, normalisation, mixing, standardised, seed);
    }

    /** This description with other mixing. */
    public RealNvp mixing(Mixing mixing) {
        return new RealNvp(
                dimension, couplings, hidden, activation, logScale, normalisation, mixing, standardised, seed);
    }

    /** This description with other first layer. */
    public RealNvp standardised(boolean standardised) {
        return new RealNvp(
                dimension, couplings, hidden, activation, logScale, normalisation, mixing, standardised, seed);
    }

    /** This description with other seed. */
    public RealNvp seed(long seed) {
        return new RealNvp(
                dimension, couplings, hidden, activation, logScale, normalisation, mixing, standardised, seed);
    }

    /** The flow with new weights. */
    public Flow build() {
        return new CouplingStack(dimension, couplings, normalisation, mixing, standardised, seed).build(this::coupling);
    }

    private Coupling coupling(Partition partition, long seed) {
        int transformed = partition.transformed().length;
        MlpSettings network = new MlpSettings(partition.untouched().length, hidden, 2 * transformed, activation);
        return Coupling.of(partition, Mlp.create(network, seed), Affine.create(transformed, logScale));
    }
}
