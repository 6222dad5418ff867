package dev.millrace.cli;

import dev.millrace.ImageLikelihood;
import dev.millrace.data.ImageSet;
import dev.millrace.data.WriteOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The table of images and how likely they are that {@code score} writes. */
final class ImageScores implements AutoCloseable {

    private final TableOutput output;
    private final ImageSet images;
    private final ImageLikelihood likelihood;
    private final boolean text;

    private ImageScores(TableOutput output, ImageSet images, ImageLikelihood likelihood, boolean text) {
        this.output = output;
        this.images = images;
        this.likelihood = likelihood;
        this.text = text;
    }

    static ImageScores open(Optional<Path> file, ImageSet images, ImageLikelihood likelihood) throws IOException {
        boolean text = file.isEmpty() || !new OutputFile(file.get()).isArray();
        List<String> columns = new ArrayList<>();
        if (text) {
            columns.add("image");
            images.labels().ifPresent(labels -> columns.add("label"));
        }
        columns.addAll(List.of("log_prob", "bits_per_dim"));
        return new ImageScores(TableOutput.open(file, columns, WriteOptions.defaults()), images, likelihood, text);
    }

    void add(ScoredBlock block) throws IOException {
        for (int i = 0; i < block.logProb().length; i++) {
            double logProb = block.logProb()[i];
            double bits = likelihood.bitsPerDimension(logProb);
            if (text) {
                output.appendRow(cells((int) block.rows().line(i) - 1), logProb, bits);
            } else {
                output.writeRow(new double[] {logProb, bits}, 0);
            }
        }
    }

    private List<String> cells(int image) {
        List<String> cells = new ArrayList<>();
        cells.add(images.files().map(files -> files.get(image)).orElse(String.valueOf(image)));
        images.labels().ifPresent(labels -> cells.add(labels.get(image)));
        return cells;
    }

    void commit() throws IOException {
        output.commit();
    }

    @Override
    public void close() throws IOException {
        output.close();
    }
}
