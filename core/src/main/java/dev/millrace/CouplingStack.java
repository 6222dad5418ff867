package dev.millrace;

import dev.millrace.bijection.ActNorm;
import dev.millrace.bijection.BatchNorm;
import dev.millrace.bijection.Bijection;
import dev.millrace.bijection.Composition;
import dev.millrace.bijection.Coupling;
import dev.millrace.bijection.LuLinear;
import dev.millrace.bijection.Partition;
import dev.millrace.bijection.Permutation;
import dev.millrace.bijection.Standardisation;
import dev.millrace.distribution.StandardNormal;
import dev.millrace.kernel.SplitMix;
import java.util.ArrayList;
import java.util.List;

/**
 * What the flows of couplings have in common: couplings over odd and even entries in turn, with a normalisation and a
 * mixing before each, and a standard normal at the end.
 */
record CouplingStack(
        int dimension,
        int couplings,
        RealNvp.Normalisation normalisation,
        RealNvp.Mixing mixing,
        boolean standardised,
        long seed) {

    /** Makes one coupling with the weights that a seed gives. */
    interface CouplingMaker {

        Coupling make(Partition partition, long seed);
    }

    Flow build(CouplingMaker maker) {
        SplitMix random = new SplitMix(seed);
        List<Bijection> layers = new ArrayList<>();
        if (standardised) {
            layers.add(Standardisation.create(dimension));
        }
        for (int i = 0; i < couplings; i++) {
            switch (normalisation) {
                case NONE -> {}
                case ACT_NORM -> layers.add(ActNorm.create(dimension));
                case BATCH_NORM -> layers.add(BatchNorm.create(dimension));
            }
            switch (mixing) {
                case ALTERNATE -> {}
                case PERMUTE -> layers.add(Permutation.random(dimension, random.nextLong()));
                case LINEAR -> layers.add(LuLinear.create(dimension, random.nextLong()));
            }
            Partition even = Partition.even(dimension);
            layers.add(maker.make(i % 2 == 0 ? even : even.exchanged(), random.nextLong()));
        }
        return Flow.of(new Composition(layers), new StandardNormal(dimension));
    }
}
