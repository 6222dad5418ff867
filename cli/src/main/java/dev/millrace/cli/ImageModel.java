package dev.millrace.cli;

import dev.millrace.Flow;
import dev.millrace.ImageLikelihood;
import dev.millrace.data.ImageSet;
import dev.millrace.model.Model;
import dev.millrace.model.ModelFormatException;
import dev.millrace.train.ImageEncoding;
import dev.millrace.train.RowSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A trained flow together with what turns images into its rows.
 *
 * @param flow the flow
 * @param encoding of the images
 */
record ImageModel(Flow flow, ImageEncoding encoding) implements ScoringModel {

    /** @throws CommandException if the model is one of a table */
    static ImageModel read(Path file) throws IOException {
        if (ScoringModel.read(file) instanceof ImageModel model) {
            return model;
        }
        throw CommandException.failure(file + ": is a model of a table, not of images");
    }

    static ImageModel of(Model model) {
        ImageEncoding encoding = ImageEncodingTree.read(model.encoding());
        if (encoding.dimension() != model.flow().dimension()) {
            throw new ModelFormatException("the flow has dimension "
                    + model.flow().dimension() + ", but its images are of "
                    + encoding.shape());
        }
        return new ImageModel(model.flow(), encoding);
    }

    @Override
    public LikelihoodUnit unit() {
        return new LikelihoodUnit.BitsPerDim(likelihood());
    }

    /** The units of its images. */
    ImageLikelihood likelihood() {
        return new ImageLikelihood(dimension(), encoding.levels());
    }

    /** Images have no baseline. */
    @Override
    public Optional<GaussianBaseline> gaussian() {
        return Optional.empty();
    }

    int height() {
        return encoding.shape().lengths().get(0);
    }

    int width() {
        return encoding.shape().lengths().get(1);
    }

    int channels() {
        return encoding.shape().lengths().get(2);
    }

    /**
     * Reads images of the model's kind.
     *
     * @throws CommandException if they are of another size, or have other values
     */
    ImageSet read(ImageFile file) throws IOException {
        ImageSet images = file.read(encoding.levels());
        if (images.height() != height() || images.width() != width() || images.channels() != channels()) {
            throw CommandException.failure(file.location() + ": its images are of " + images.size()
                    + ", the model's of " + height() + "×" + width() + "×" + channels() + " (height×width×channels)");
        }
        return images;
    }

    /** Images of the model's kind as rows to be scored. */
    RowSource rows(ImageSet images) {
        return encoding.rows(images.bytes());
    }

    /**
     * The images that rows stand for.
     *
     * @param rows as the flow has them
     */
    byte[] decode(double[] rows, int count) {
        byte[] pixels = new byte[count * dimension()];
        for (int at = 0; at < pixels.length; at += dimension()) {
            encoding.decode(rows, at, pixels, at);
        }
        return pixels;
    }
}
