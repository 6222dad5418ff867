package dev.millrace.cli;

import dev.millrace.data.ImageSet;
import dev.millrace.train.RowSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code millrace interpolate}. */
@Command(
        name = "interpolate",
        description = {
            "Walks from one image to another through the latent space of a model.",
            "",
            "The way is an arc, on which the latent keeps its length, as RealNVP's paper has it (section 3.8), and the"
                    + " images on it are as typical as its ends. An image of a set is FILE[I], I counting from 0.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  millrace interpolate digits.millrace one.png other.png -o strip.png",
            "  millrace interpolate digits.millrace 't10k-images-idx3-ubyte.gz[3]'"
                    + " 't10k-images-idx3-ubyte.gz[7]' -o strip.png --steps 12"
        })
final class InterpolateCommand implements Callable<Integer> {

    private static final int MOST_STEPS = 1000;

    @Spec
    CommandSpec spec;

    @Parameters(index = "0", paramLabel = "MODEL", description = "A model file of images.")
    Path modelFile;

    @Parameters(index = "1", paramLabel = "FROM", description = "An image of the model's size.")
    String from;

    @Parameters(index = "2", paramLabel = "TO", description = "Another one.")
    String to;

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "OUT",
            description = "Where to: .png, all in one; .npy; or a folder.")
    Path output;

    @Option(names = "--steps", paramLabel = "N", description = "Images in all, both ends counted (default: 10).")
    int steps = 10;

    @Override
    public Integer call() throws IOException {
        if (steps < 2 || steps > MOST_STEPS) {
            throw CommandException.usage("--steps must be from 2 to " + MOST_STEPS + ", not " + steps);
        }
        SingleImage first = SingleImage.of(from);
        SingleImage last = SingleImage.of(to);
        Optional<Integer> columns = output.toString().endsWith(".png") ? Optional.of(steps) : Optional.empty();
        ImageOutput target = ImageOutput.of(output, columns)
                .requireWritable(List.of(modelFile.toString(), first.location(), last.location()));
        ImageModel model = ImageModel.read(modelFile);
        double[] latent = LatentArc.between(latent(model, first), latent(model, last), steps);
        byte[] pixels = model.decode(model.flow().inverse(latent, steps), steps);
        target.write(model.encoding().levels(), ImageSet.of(model.height(), model.width(), model.channels(), pixels));
        spec.commandLine().getErr().println("Wrote " + steps + " images to " + output);
        return ExitCode.OK;
    }

    private static double[] latent(ImageModel model, SingleImage image) throws IOException {
        RowSource row = model.rows(image.read(model));
        double[] x = new double[model.dimension()];
        row.read(0, -1, x, 0);
        return model.flow().forward(x, 1);
    }
}
