package dev.millrace.cli;

import dev.millrace.data.ImageSet;
import dev.millrace.data.TableReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
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
        description = {
            "Tells how likely rows or images are on average.",
            "",
            "Images are told in bits per dimension, as RealNVP's paper has it, and in nats, with pixels scaled to [0, 1]"
                    + " (NICE's paper) and not.",
            "",
            "For a table, beside it stands the full-covariance Gaussian that was fitted to the model's training rows. Log-likelihoods"
                    + " are in nats, in the units of the columns.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  millrace evaluate model.safetensors test.csv",
            "  millrace evaluate digits.millrace t10k-images-idx3-ubyte.gz",
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
            description = "A file with the model's columns, or - for standard input; or images of the model's size.")
    String data;

    @Option(
            names = "--logit-alpha",
            paramLabel = "A",
            description = "Of images, also tell the log-likelihood in the logit space that the MAF paper reports, which"
                    + " takes 1e-6 for MNIST and 0.05 for CIFAR-10.")
    Optional<Double> logitAlpha = Optional.empty();

    @Mixin
    SourceOptions source;

    @Mixin
    ThreadsOption threads;

    @Option(
            names = "--json",
            description =
                    "Print one JSON object: rows, meanLogProb, standardError, bitsPerDim and gaussianMeanLogProb; for"
                            + " images: images, bitsPerDim, bitsPerDimStandardError, meanLogProb, standardError and"
                            + " meanPixelLogProb, and with --logit-alpha meanLogitLogProb and logitStandardError.")
    boolean json;

    @Override
    public Integer call() throws IOException {
        ScoringModel model = ScoringModel.read(modelFile);
        logitAlpha.ifPresent(EvaluateCommand::requireAlpha);
        LikelihoodSummary summary = summary(model);
        BlockScorer scorer = new BlockScorer(model, threads.count());
        if (model instanceof TableModel table) {
            DataKind.TABLES.refuse("--logit-alpha", logitAlpha.isPresent());
            TableReader reader = new TableReader(
                    source.readOptions().withModelColumns(table.encoding().names()));
            scorer.score(table, reader, InputFile.source(data), false, layout -> {}, summary::add);
        } else if (model instanceof ImageModel images) {
            source.requireForImages();
            ImageSet set = images.read(new ImageFile(data, source.array, Optional.empty()));
            scorer.score(images.rows(set), data, summary::add);
        }
        if (json) {
            JsonOutput.print(spec.commandLine().getOut(), summary.toTree());
        } else {
            spec.commandLine().getOut().print(summary.toText());
            spec.commandLine().getOut().flush();
        }
        return ExitCode.OK;
    }

    private LikelihoodSummary summary(ScoringModel model) {
        return model instanceof ImageModel images
                ? new ImageSummary(images.likelihood(), logitAlpha)
                : model.unit().summary();
    }

    private static void requireAlpha(double alpha) {
        if (!(alpha > 0 && alpha < 0.5)) {
            throw CommandException.usage("--logit-alpha must be above 0 and below 0.5, not " + alpha);
        }
    }
}
