package dev.millrace.cli;

import dev.millrace.data.ReadResult;
import dev.millrace.data.Table;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;

/** Prepares a training from its beginning. */
record FreshFit(FitSources sources, DataOptions options, Overrides overrides, Optional<Long> seed, int threads) {

    private static final long DEFAULT_SEED = 1;

    /** Images have a column for each pixel. */
    private static final int MOST_SENTENCES = 10;

    FitSession prepare() throws IOException {
        DataSettings asked = DataSettings.of(options, sources.test().isPresent());
        ReadResult read = sources.readData(options.pick(asked.readOptions(), List.of()));
        DataSettings settings = asked.forRows(read.table().rows());
        Optional<Table> test = sources.readTest(
                settings.readOptions().withModelColumns(read.table().columns()));
        long chosenSeed = seed.orElse(DEFAULT_SEED);
        FitData data = FitData.of(read.table(), test, settings, chosenSeed, Optional.empty());
        describe(settings, data, sources.log());
        FitPlan plan =
                FitDefaults.plan(data.train().rows(), data.train().columns().size(), overrides, chosenSeed, threads);
        return new FitSession(
                data,
                plan.flow().build(),
                Optional.empty(),
                plan.training(),
                Provenance.of(chosenSeed, read, settings, data, plan));
    }

    private static void describe(DataSettings settings, FitData data, PrintWriter log) {
        List<String> sentences = data.encoding().describe();
        sentences.stream().limit(MOST_SENTENCES).forEach(log::println);
        if (sentences.size() > MOST_SENTENCES) {
            log.println("and " + (sentences.size() - MOST_SENTENCES)
                    + " more columns are dequantised; 'millrace inspect' will list them");
        }
        if (settings.test() == HeldOut.NONE) {
            log.println("Fewer than " + DataSettings.FEW_ROWS
                    + " rows: none are held out for a test, the final figure will be for the validation rows");
        }
        log.println("Training on " + LikelihoodSummary.grouped(data.train().rows()) + " rows, validating on "
                + LikelihoodSummary.grouped(data.validation().rows()) + ", testing on "
                + LikelihoodSummary.grouped(data.test().rows()));
        log.flush();
    }
}
