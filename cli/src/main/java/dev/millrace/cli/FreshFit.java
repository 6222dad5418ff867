package dev.millrace.cli;

import dev.millrace.Flow;
import dev.millrace.model.Model;
import java.io.IOException;
import java.util.Optional;

/** Prepares a training from its beginning. */
record FreshFit(FitSources sources, DataOptions options, Overrides overrides, Optional<Long> seed, int threads) {

    private static final long DEFAULT_SEED = 1;

    FitSession prepare() throws IOException {
        long chosenSeed = seed.orElse(DEFAULT_SEED);
        FitData data = FitInput.of(sources, options).fresh(chosenSeed);
        FitPlan plan = data.plan(overrides, threads);
        Flow flow = plan.flow().build();
        // Now, and not after hours of training.
        Model.requireSavable(flow);
        return new FitSession(data, flow, Optional.empty(), plan.training(), Provenance.of(chosenSeed, data, plan));
    }
}
