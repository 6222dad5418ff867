package dev.millrace.cli;

import dev.millrace.data.TableReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code millrace evaluate}. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        abbreviateSynopsis = true,
        usageHelpWidth = 100,
        description = {
            "Tells how likely rows are on average.",
            "",
            "Beside it stands the full-covariance Gaussian that was fitted to the model's training rows. Log-likelihoods"
                    + " are in nats, in the units of the columns.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  millrace evaluate model.safetensors test.csv",
            "  zcat test.csv.gz | millrace evaluate model.safetensors - --json"
        })
final class EvaluateCommand implements Callable<Integer> {

    @Spec
    CommandSpec spec;

    @Parameters(index = "0", paramLabel = "MODEL", description = "A model file.")
    Path modelFile;

    @Parameters(
            index = "1",
            paramLabel = "DATA",
            description = "A file with the model's columns, or - for standard input.")
    String data;

    @Mixin
    SourceOptions source;

    @Mixin
    ThreadsOption threads;

    @Option(
            names = "--json",
            description =
                    "Print one JSON object: rows, meanLogProb, standardError, bitsPerDim and gaussianMeanLogProb.")
    boolean json;

    @Override
    public Integer call() throws IOException {
        ScoringModel model = ScoringModel.read(modelFile);
        LikelihoodSummary summary = new LikelihoodSummary(model.columns());
        TableReader reader = new TableReader(
                source.readOptions().withModelColumns(model.encoding().names()));
        new BlockScorer(model, threads.count()).score(reader, InputFile.source(data), layout -> {}, summary::add);
        if (json) {
            JsonOutput.print(spec.commandLine().getOut(), summary.toTree());
        } else {
            spec.commandLine().getOut().print(summary.toText());
            spec.commandLine().getOut().flush();
        }
        return ExitCode.OK;
    }
}
