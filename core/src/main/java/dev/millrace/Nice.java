package dev.millrace;

import dev.millrace.bijection.Bijection;
import dev.millrace.bijection.Composition;
import dev.millrace.bijection.Coupling;
import dev.millrace.bijection.Partition;
import dev.millrace.bijection.Scaling;
import dev.millrace.bijection.Shape;
import dev.millrace.bijection.Standardisation;
import dev.millrace.distribution.Distribution;
import dev.millrace.distribution.StandardLogistic;
import dev.millrace.distribution.StandardNormal;
import dev.millrace.kernel.SplitMix;
import dev.millrace.net.Activation;
import dev.millrace.net.Mlp;
import dev.millrace.net.MlpSettings;
import dev.millrace.transformer.Additive;
import dev.millrace.transformer.ScaledAdditive;
import dev.millrace.transformer.Transformer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * A NICE (Dinh et al., arXiv 1410.8516): additive couplings over odd and even entries in turn and a learned scaling at
 * the end. An immutable description; {@link #build()} makes the flow. The defaults are the paper's for MNIST (section
 * 5.1): 4 couplings, 5 hidden layers of 1,000 ReLU, a logistic prior.
 *
 * @param dimension entries of a row, at least 1
 * @param couplings at least 1; the paper wants at least 3, so that every entry can influence every other
 * @param hidden widths of the conditioners' hidden layers
 * @param prior the base distribution
 * @param standardised whether a first layer standardises the data, which {@code Trainer} sets from the training rows;
 *     if not, the couplings add in units of each entry's spread ({@link ScaledAdditive})
 * @param seed decides the first weights
 */
public record Nice(int dimension, int couplings, List<Integer> hidden, Prior prior, boolean standardised, long seed) {

    /** The base distribution. */
    public enum Prior {
        /** The paper's for MNIST, SVHN and CIFAR-10. */
        LOGISTIC,
        /** The paper's for TFD. */
        NORMAL
    }

    /** @throws IllegalArgumentException if a number is out of its range */
    public Nice {
        if (dimension < 1 || couplings < 1) {
            throw new IllegalArgumentException(
                    "a flow needs at least 1 dimension and 1 coupling, not " + dimension + " and " + couplings);
        }
        Objects.requireNonNull(prior, "prior");
        hidden = List.copyOf(hidden);
        if (hidden.stream().anyMatch(width -> width < 1)) {
            throw new IllegalArgumentException("hidden widths must be at least 1: " + hidden);
        }
    }

    static Nice of(int dimension) {
        return new Nice(dimension, 4, Collections.nCopies(5, 1000), Prior.LOGISTIC, true, 1);
    }

    /**
     * The paper's standardises nothing: a border pixel that is white once in 60,000 images would be the largest number
     * of all.
     */
    static Nice ofImages(Shape image) {
        return of(image.size()).standardised(false);
    }

    /** This description with other couplings. */
    public Nice couplings(int couplings) {
        return new Nice(dimension, couplings, hidden, prior, standardised, seed);
    }

    /** This description with other hidden widths. */
    public Nice hidden(int... widths) {
        return new Nice(dimension, couplings, Arrays.stream(widths).boxed().toList(), prior, standardised, seed);
    }

    /** This description with other prior. */
    public Nice prior(Prior prior) {
        return new Nice(dimension, couplings, hidden, prior, standardised, seed);
    }

    /** This description with other first layer. */
    public Nice standardised(boolean standardised) {
        return new Nice(dimension, couplings, hidden, prior, standardised, seed);
    }

    /** This description with other seed. */
    public Nice seed(long seed) {
        return new Nice(dimension, couplings, hidden, prior, standardised, seed);
    }

    /** The flow with new weights. */
    public Flow build() {
        SplitMix random = new SplitMix(seed);
        List<Bijection> layers = new ArrayList<>();
        if (standardised) {
            layers.add(Standardisation.create(dimension));
        }
        for (int i = 0; i < couplings; i++) {
            layers.add(coupling(
                    i % 2 == 0
                            ? Partition.even(dimension)
                            : Partition.even(dimension).exchanged(),
                    random));
        }
        layers.add(Scaling.create(dimension));
        Distribution base = prior == Prior.LOGISTIC ? new StandardLogistic(dimension) : new StandardNormal(dimension);
        return Flow.of(new Composition(layers), base);
    }

    private Transformer transformer(int entries) {
        return standardised ? new Additive(entries) : ScaledAdditive.create(entries);
    }

    private Coupling coupling(Partition partition, SplitMix random) {
        int transformed = partition.transformed().length;
        MlpSettings network = new MlpSettings(partition.untouched().length, hidden, transformed, Activation.RELU);
        return Coupling.of(partition, Mlp.create(network, random.nextLong()), transformer(transformed));
    }
}
