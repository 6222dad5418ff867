package dev.millrace.cli;

import dev.millrace.data.DataSource;
import dev.millrace.data.ImageSet;
import dev.millrace.data.TableReader;
import dev.millrace.train.RowSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code millrace score}. */
@Command(
        name = "score",
        description = {
            "Writes the log-density of each row or image.",
            "",
            "It is a column log_prob, in nats and in the units of the columns. The lower it is, the less the row is like"
                    + " those the model was trained on. Rows that --missing drop leaves out get an empty cell, so that the"
                    + " lines still correspond.",
            "",
            "For images the columns are image (its file, or its number from 0), label if labels are known, log_prob in"
                    + " nats with pixels scaled to [0, 1], and bits_per_dim; in an .npy file the last two alone.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  millrace score model.safetensors new.csv -o scores.csv",
            "  millrace score model.safetensors new.csv --append -o new_with_scores.csv",
            "  millrace score digits.millrace t10k-images-idx3-ubyte.gz -o scores.csv",
            "  cat new.csv | millrace score model.safetensors - > scores.csv"
        })
final class ScoreCommand implements Callable<Integer> {

    @Spec
    CommandSpec spec;

    @Parameters(index = "0", paramLabel = "MODEL", description = "A model file.")
    Path modelFile;

    @Parameters(
            index = "1",
            paramLabel = "DATA",
            description = "A file with the model's columns, or - for standard input. Columns are found by name; other"
                    + " columns do not matter. Or images of the model's size.")
    String data;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "OUT",
            description = "File to write: .csv, .tsv, .csv.gz, .tsv.gz or .npy (default: CSV to standard output).")
    Optional<Path> output = Optional.empty();

    @Option(names = "--append", description = "Keep the input's columns, all of them, before log_prob.")
    boolean append;

    @Option(
            names = "--labels",
            paramLabel = "FILE",
            description =
                    "The labels of images, in IDX format (default: the file beside them, if it is named as MNIST's"
                            + " is).")
    Optional<Path> labels = Optional.empty();

    @Mixin
    SourceOptions source;

    @Mixin
    ThreadsOption threads;

    @Option(
            names = "--json",
            description = "Print one JSON object: rows, droppedRows, meanLogProb, standardError (of images:"
                    + " images, bitsPerDim, bitsPerDimStandardError, meanLogProb, standardError, meanPixelLogProb), and"
                    + " output or, without -o, the array logProb.")
    boolean json;

    @Override
    public Integer call() throws IOException {
        Optional<Path> file = TableOutput.file(output);
        requireSensible(file);
        ScoringModel model = ScoringModel.read(modelFile);
        if (model instanceof TableModel table) {
            scoreTable(table.withoutGaussian(), file);
        } else if (model instanceof ImageModel images) {
            scoreImages(images, file);
        }
        return ExitCode.OK;
    }

    private void scoreTable(TableModel model, Optional<Path> file) throws IOException {
        DataKind.TABLES.refuse("--labels", labels.isPresent());
        TableReader reader = new TableReader(
                source.readOptions().withModelColumns(model.encoding().names()));
        LikelihoodSummary summary = model.unit().summary();
        BlockScorer scorer = new BlockScorer(model, threads.count());
        DataSource rows = InputFile.source(data);
        if (json && file.isEmpty()) {
            JsonScores scores = new JsonScores(summary);
            long dropped = scorer.score(model, reader, rows, false, layout -> {}, scores::add)
                    .dropped();
            JsonOutput.print(spec.commandLine().getOut(), scores.toTree(dropped));
        } else {
            try (ScoreTable table = new ScoreTable(file, append, data)) {
                long dropped = scorer.score(model, reader, rows, append, table::begin, block -> {
                            summary.add(block);
                            table.add(block);
                        })
                        .dropped();
                table.commit();
                report(summary, dropped, file);
            }
        }
    }

    private void scoreImages(ImageModel model, Optional<Path> file) throws IOException {
        source.requireForImages();
        DataKind.IMAGES.refuse("--append", append);
        ImageSet images = model.read(new ImageFile(data, source.array, labels));
        RowSource rows = model.rows(images);
        LikelihoodSummary summary = model.unit().summary();
        BlockScorer scorer = new BlockScorer(model, threads.count());
        if (json && file.isEmpty()) {
            JsonScores scores = new JsonScores(summary);
            scorer.score(rows, data, scores::add);
            JsonOutput.print(spec.commandLine().getOut(), scores.toTree(0));
        } else {
            try (ImageScores scores = ImageScores.open(file, images, model.likelihood())) {
                scorer.score(rows, data, block -> {
                    summary.add(block);
                    scores.add(block);
                });
                scores.commit();
                report(summary, 0, file);
            }
        }
    }

    private void report(LikelihoodSummary summary, long dropped, Optional<Path> file) {
        if (json) {
            Map<String, Object> tree = summary.toScoreTree(dropped);
            tree.put("output", file.get().toString());
            JsonOutput.print(spec.commandLine().getOut(), tree);
        } else {
            PrintWriter log = spec.commandLine().getErr();
            log.print(summary.toText());
            file.ifPresent(path -> log.println("Wrote " + path));
            log.flush();
        }
    }

    private void requireSensible(Optional<Path> file) throws IOException {
        if (file.isPresent()) {
            OutputFile out = new OutputFile(file.get()).requireTable();
            out.requireNotAmong(List.of(data, modelFile.toString())).requireWritable();
            if (append && out.isArray()) {
                throw CommandException.usage(
                        "--append keeps the text of cells, which an .npy file cannot hold; write .csv or .tsv");
            }
        } else if (json && append) {
            throw CommandException.usage("--append writes a table, so with --json it needs a file: give -o OUT.csv");
        }
    }
}
