package dev.millrace.cli;

import dev.millrace.Flow;
import dev.millrace.data.ImageSet;
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
        description = {
            "Draws new rows or images from a model.",
            "",
            "Row i depends on the model, the seed and i alone, so a longer sample begins with the shorter one.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  millrace sample model.safetensors -n 10",
            "  millrace sample digits.millrace -n 100 -o grid.png --temperature 0.8",
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
            description = "How many rows or images to draw.")
    long rows;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "OUT",
            description = "File to write. Rows: .csv, .tsv, .csv.gz, .tsv.gz or .npy (default: CSV to standard output)."
                    + " Images: .png, all in one; .npy; or a folder, its name ending in /, of .png files.")
    Optional<Path> output = Optional.empty();

    @Option(names = "--columns", paramLabel = "N", description = "Images side by side in one .png (default: 10).")
    Optional<Integer> columns = Optional.empty();

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
        ScoringModel model = ScoringModel.read(modelFile);
        if (model instanceof TableModel table) {
            sampleTable(table);
        } else if (model instanceof ImageModel images) {
            sampleImages(images);
        }
        return ExitCode.OK;
    }

    private void sampleImages(ImageModel model) throws IOException {
        Path path = output.orElseThrow(() -> CommandException.usage(
                "images need a file or folder to be drawn to; give -o OUT.png, -o OUT.npy or -o FOLDER/"));
        ImageOutput target = ImageOutput.of(path, columns).requireWritable(List.of(modelFile.toString()));
        int entries = model.dimension();
        if (rows > ImageSet.MAX_BYTES / entries) {
            throw CommandException.usage("-n " + rows + ": at most " + ImageSet.MAX_BYTES / entries
                    + " images of this size can be drawn at once");
        }
        byte[] drawn = new byte[(int) rows * entries];
        int[] at = new int[1];
        try (Pipeline<byte[]> pipeline = new Pipeline<>(threads.count(), part -> {
            System.arraycopy(part, 0, drawn, at[0], part.length);
            at[0] += part.length;
        })) {
            drawInParts(entries, (first, count) -> pipeline.submit(() -> drawImages(model, first, count)));
            pipeline.finish();
        }
        target.write(model.encoding().levels(), ImageSet.of(model.height(), model.width(), model.channels(), drawn));
        spec.commandLine().getErr().println("Wrote " + FigureText.grouped(rows) + " images to " + path);
    }

    private byte[] drawImages(ImageModel model, long first, int count) {
        double[] x =
                model.flow().sampleWithLogProb(first, count, seed, temperature).rows();
        return model.decode(x, count);
    }

    private void sampleTable(TableModel model) throws IOException {
        DataKind.TABLES.refuse("--columns", columns.isPresent());
        Optional<Path> file = TableOutput.file(output);
        if (file.isPresent()) {
            new OutputFile(file.get())
                    .requireTable()
                    .requireNotAmong(List.of(modelFile.toString()))
                    .requireWritable();
        }
        WriteOptions options =
                WriteOptions.defaults().withWholeColumns(model.encoding().wholeColumns());
        try (TableOutput table = TableOutput.open(file, model.encoding().names(), options);
                Pipeline<double[]> pipeline = new Pipeline<>(threads.count(), part -> write(part, model, table))) {
            drawInParts(model.dimension(), (first, count) -> pipeline.submit(() -> draw(model, first, count)));
            pipeline.finish();
            table.commit();
        }
        file.ifPresent(
                path -> spec.commandLine().getErr().println("Wrote " + FigureText.grouped(rows) + " rows to " + path));
    }

    /** Draws some of the rows. */
    private interface Part {
        void draw(long first, int count) throws IOException;
    }

    private void drawInParts(int dimension, Part part) throws IOException {
        int most = Math.max(1, Math.min(MOST_ROWS, MOST_ENTRIES / dimension));
        for (long first = 0; first < rows; first += most) {
            part.draw(first, (int) Math.min(most, rows - first));
        }
    }

    private double[] draw(TableModel model, long first, int count) {
        Flow.Sample sample = model.flow().sampleWithLogProb(first, count, seed, temperature);
        for (int row = 0; row < count; row++) {
            model.encoding().decode(sample.rows(), row * model.dimension());
        }
        return sample.rows();
    }

    private static void write(double[] part, TableModel model, TableOutput table) throws IOException {
        for (int at = 0; at < part.length; at += model.dimension()) {
            table.writeRow(part, at);
        }
    }
}
