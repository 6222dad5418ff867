package dev.millrace.cli;

import dev.millrace.Flow;
import dev.millrace.data.WriteOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code millrace sample}. */
@Command(
        name = "sample",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        abbreviateSynopsis = true,
        usageHelpWidth = 100,
        description = {
            "Draws new rows from a model.",
            "",
            "Row i depends on the model, the seed and i alone, so a longer sample begins with the shorter one.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  millrace sample model.safetensors -n 10",
            "  millrace sample model.safetensors -n 1000000 --seed 7 -o drawn.npy"
        })
final class SampleCommand implements Callable<Integer> {

    private static final int MOST_ROWS = 8192;
    private static final int MOST_ENTRIES = 1 << 18;

    @Spec
    CommandSpec spec;

    @Parameters(paramLabel = "MODEL", description = "A model file.")
    Path modelFile;

    @Option(
            names = {"-n", "--rows"},
            required = true,
            paramLabel = "N",
            description = "How many rows to draw.")
    long rows;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "OUT",
            description = "File to write: .csv, .tsv, .csv.gz, .tsv.gz or .npy (default: CSV to standard output).")
    Optional<Path> output = Optional.empty();

    @Option(names = "--seed", paramLabel = "N", description = "Decides the rows (default: 1).")
    long seed = 1;

    @Option(
            names = "--temperature",
            paramLabel = "T",
            description = "Spread of the latent: below 1, rows are more typical and less varied (default: 1).")
    double temperature = 1;

    @Mixin
    ThreadsOption threads;

    @Override
    public Integer call() throws IOException {
        if (rows < 1) {
            throw CommandException.usage("-n must be at least 1, not " + rows);
        }
        if (!(temperature >= 0 && temperature < Double.POSITIVE_INFINITY)) {
            throw CommandException.usage("--temperature must be at least 0 and finite, not " + temperature);
        }
        Optional<Path> file = TableOutput.file(output);
        if (file.isPresent()) {
            new OutputFile(file.get())
                    .requireTable()
                    .requireNotAmong(List.of(modelFile.toString()))
                    .requireWritable();
        }
        ScoringModel model = ScoringModel.read(modelFile);
        WriteOptions options =
                WriteOptions.defaults().withWholeColumns(model.encoding().wholeColumns());
        try (TableOutput table = TableOutput.open(file, model.encoding().names(), options);
                Pipeline<double[]> pipeline = new Pipeline<>(threads.count(), part -> write(part, model, table))) {
            drawInParts(model, pipeline);
            table.commit();
        }
        file.ifPresent(path ->
                spec.commandLine().getErr().println("Wrote " + LikelihoodSummary.grouped(rows) + " rows to " + path));
        return ExitCode.OK;
    }

    private void drawInParts(ScoringModel model, Pipeline<double[]> pipeline) throws IOException {
        int most = Math.max(1, Math.min(MOST_ROWS, MOST_ENTRIES / model.columns()));
        for (long first = 0; first < rows; first += most) {
            long from = first;
            int count = (int) Math.min(most, rows - first);
            pipeline.submit(() -> draw(model, from, count));
        }
        pipeline.finish();
    }

    private double[] draw(ScoringModel model, long first, int count) {
        Flow.Sample sample = model.flow().sampleWithLogProb(first, count, seed, temperature);
        for (int row = 0; row < count; row++) {
            model.encoding().decode(sample.rows(), row * model.columns());
        }
        return sample.rows();
    }

    private static void write(double[] part, ScoringModel model, TableOutput table) throws IOException {
        for (int at = 0; at < part.length; at += model.columns()) {
            table.writeRow(part, at);
        }
    }
}
