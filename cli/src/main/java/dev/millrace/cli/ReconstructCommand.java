package dev.millrace.cli;

import dev.millrace.data.ImageSet;
import dev.millrace.train.RowSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code millrace reconstruct}. */
@Command(
        name = "reconstruct",
        description = {
            "Takes images to the latent space of a model and back, and tells how exactly they return.",
            "",
            "The error is the largest difference of any value, of pixels scaled to [0, 1]. A step between two pixel"
                    + " values of bytes is 1/256 = 0.0039, and 1/levels for a model of fewer levels.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  millrace reconstruct digits.millrace t10k-images-idx3-ubyte.gz",
            "  millrace reconstruct digits.millrace t10k-images-idx3-ubyte.gz -n 50 -o there_and_back.png"
        })
final class ReconstructCommand implements Callable<Integer> {

    @Spec
    CommandSpec spec;

    @Parameters(index = "0", paramLabel = "MODEL", description = "A model file of images.")
    Path modelFile;

    @Parameters(index = "1", paramLabel = "IMAGES", description = "Images of the model's size.")
    String data;

    @Option(names = "-n", paramLabel = "N", description = "Only the first N images (default: all).")
    int most = Integer.MAX_VALUE;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "OUT",
            description = "Write the images as they return: .png, all in one; .npy; or a folder.")
    Optional<Path> output = Optional.empty();

    @Option(names = "--columns", paramLabel = "N", description = "Images side by side in one .png (default: 10).")
    Optional<Integer> columns = Optional.empty();

    @Option(names = "--array", paramLabel = "NAME", description = "Which array of an .npz to read.")
    Optional<String> array = Optional.empty();

    @Mixin
    ThreadsOption threads;

    @Option(names = "--json", description = "Print one JSON object: images, maxError and changedPixels.")
    boolean json;

    /** Images that have been there and back. */
    private record Returned(double maxError, byte[] pixels) {}

    @Override
    public Integer call() throws IOException {
        if (most < 1) {
            throw CommandException.usage("-n must be at least 1, not " + most);
        }
        if (columns.isPresent() && output.isEmpty()) {
            throw CommandException.usage("--columns goes with -o OUT.png");
        }
        Optional<ImageOutput> target = output.map(path -> ImageOutput.of(path, columns));
        if (target.isPresent()) {
            target.get().requireWritable(List.of(modelFile.toString(), data));
        }
        ImageModel model = ImageModel.read(modelFile);
        ImageSet images = model.read(new ImageFile(data, array, Optional.empty()));
        RowSource rows = model.rows(images);
        int count = Math.min(most, rows.rows());
        byte[] pixels = new byte[count * model.dimension()];
        double maxError = reconstruct(model, rows, count, pixels);
        report(model, count, maxError, changed(images.bytes(), pixels));
        if (target.isPresent()) {
            target.get()
                    .write(
                            model.encoding().levels(),
                            ImageSet.of(model.height(), model.width(), model.channels(), pixels));
            spec.commandLine().getErr().println("Wrote " + target.get().path());
        }
        return ExitCode.OK;
    }

    private double reconstruct(ImageModel model, RowSource rows, int count, byte[] pixels) throws IOException {
        double[] largest = new double[1];
        int[] at = new int[1];
        try (Pipeline<Returned> pipeline = new Pipeline<>(threads.count(), returned -> {
            System.arraycopy(returned.pixels(), 0, pixels, at[0], returned.pixels().length);
            at[0] += returned.pixels().length;
            largest[0] = Math.max(largest[0], returned.maxError());
        })) {
            int size = RowBlock.capacity(model.dimension());
            for (int next = 0; next < count; next += size) {
                int from = next;
                int to = Math.min(count, next + size);
                pipeline.submit(() -> thereAndBack(model, rows, from, to));
            }
            pipeline.finish();
        }
        return largest[0];
    }

    private static Returned thereAndBack(ImageModel model, RowSource rows, int from, int to) {
        int count = to - from;
        double[] x = new double[count * model.dimension()];
        for (int i = 0; i < count; i++) {
            rows.read(from + i, -1, x, i * model.dimension());
        }
        double[] returned = model.flow().inverse(model.flow().forward(x, count), count);
        double maxError = 0;
        for (int i = 0; i < x.length; i++) {
            maxError = Math.max(maxError, Math.abs(x[i] - returned[i]));
        }
        return new Returned(maxError, model.decode(returned, count));
    }

    private static int changed(byte[] before, byte[] after) {
        int changed = 0;
        for (int i = 0; i < after.length; i++) {
            changed += before[i] == after[i] ? 0 : 1;
        }
        return changed;
    }

    private void report(ImageModel model, int count, double maxError, int changed) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("images", count);
            tree.put("maxError", maxError);
            tree.put("changedPixels", changed);
            JsonOutput.print(out, tree);
        } else {
            out.print(LikelihoodSummary.line("images", FigureText.grouped(count), ""));
            out.print(LikelihoodSummary.line(
                    "largest error", String.format(Locale.ROOT, "%.2e", maxError), "of pixels scaled to [0, 1]"));
            out.print(LikelihoodSummary.line(
                    "changed values",
                    FigureText.grouped(changed),
                    "of pixels 0 to " + (model.encoding().levels() - 1)));
            out.flush();
        }
    }
}
