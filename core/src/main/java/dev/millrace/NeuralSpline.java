package dev.millrace;

import dev.millrace.bijection.Coupling;
import dev.millrace.bijection.Partition;
import dev.millrace.net.Activation;
import dev.millrace.net.Mlp;
import dev.millrace.net.MlpSettings;
import dev.millrace.transformer.RationalQuadratic;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A neural spline flow of couplings for rows of numbers (Durkan et al., arXiv 1906.04032, RQ-NSF (C)): rational-quadratic
 * splines over odd and even entries in turn, with a learned linear map before each and a standard normal at the end; an
 * ActNorm before each keeps entries where the splines bend. An immutable description; {@link #build()} makes the flow.
 *
 * @param dimension entries of a row, at least 1
 * @param couplings at least 1
 * @param hidden widths of the conditioners' hidden layers
 * @param activation of the conditioners
 * @param bins of a spline, at least 2; the paper's 8 for most tables
 * @param tailBound B: splines bend between −B and B; the paper's 3
 * @param standardised whether a first layer standardises the data, which {@code Trainer} sets from the training rows
 * @param seed decides the first weights
 */
public record NeuralSpline(
        int dimension,
        int couplings,
        List<Integer> hidden,
        Activation activation,
        int bins,
        double tailBound,
        boolean standardised,
        long seed) {

    /** @throws IllegalArgumentException if a number is out of its range */
    public NeuralSpline {
        if (dimension < 1 || couplings < 1) {
            throw new IllegalArgumentException(
                    "a flow needs at least 1 dimension and 1 coupling, not " + dimension + " and " + couplings);
        }
        Objects.requireNonNull(activation, "activation");
        hidden = List.copyOf(hidden);
        if (hidden.stream().anyMatch(width -> width < 1)) {
            throw new IllegalArgumentException("hidden widths must be at least 1: " + hidden);
        }
        RationalQuadratic.requireValid(bins, tailBound);
    }

    static NeuralSpline of(int dimension) {
        return new NeuralSpline(dimension, 8, List.of(128, 128), Activation.RELU, 8, 3, true, 1);
    }

    /** This description with other couplings. */
    public NeuralSpline couplings(int couplings) {
        return new NeuralSpline(dimension, couplings, hidden, activation, bins, tailBound, standardised, seed);
    }

    /** This description with other hidden widths. */
    public NeuralSpline hidden(int... widths) {
        List<Integer> hidden = Arrays.stream(widths).boxed().toList();
        return new NeuralSpline(dimension, couplings, hidden, activation, bins, tailBound, standardised, seed);
    }

    /** This description with other activation. */
    public NeuralSpline activation(Activation activation) {
        return new NeuralSpline(dimension, couplings, hidden, activation, bins, tailBound, standardised, seed);
    }

    /** This description with another number of bins. */
    public NeuralSpline bins(int bins) {
        return new NeuralSpline(dimension, couplings, hidden, activation, bins, tailBound, standardised, seed);
    }

    /** This description with another interval in which splines bend. */
    public NeuralSpline tailBound(double tailBound) {
        return new NeuralSpline(dimension, couplings, hidden, activation, bins, tailBound, standardised, seed);
    }

    /** This description with other first layer. */
    public NeuralSpline standardised(boolean standardised) {
        return new NeuralSpline(dimension, couplings, hidden, activation, bins, tailBound, standardised, seed);
    }

    /** This description with other seed. */
    public NeuralSpline seed(long seed) {
        return new NeuralSpline(dimension, couplings, hidden, activation, bins, tailBound, standardised, seed);
    }

    /** The flow with new weights. */
    public Flow build() {
        return new CouplingStack(
                        dimension, couplings, RealNvp.Normalisation.ACT_NORM, RealNvp.Mixing.LINEAR, standardised, seed)
                .build(this::coupling);
    }

    private Coupling coupling(Partition partition, long seed) {
        RationalQuadratic spline = new RationalQuadratic(partition.transformed().length, bins, tailBound);
        MlpSettings network = new MlpSettings(
                partition.untouched().length, hidden, spline.entries() * spline.parametersPerEntry(), activation);
        return Coupling.of(partition, Mlp.create(network, seed), spline);
    }
}
