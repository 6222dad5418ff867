package dev.millrace.cli;

import dev.millrace.Flow;
import dev.millrace.model.Model;
import dev.millrace.model.ModelFormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** A trained flow together with what turns raw data into its rows. */
sealed interface ScoringModel permits TableModel, ImageModel {

    /** The flow. */
    Flow flow();

    /** How it is told how likely its data is. */
    LikelihoodUnit unit();

    /** The baseline from the same training rows, if the model tells it. */
    Optional<GaussianBaseline> gaussian();

    /** Entries of a row. */
    default int dimension() {
        return flow().dimension();
    }

    /** @throws ModelFormatException if the file is not a model */
    static ScoringModel read(Path file) throws IOException {
        return of(file, Model.read(InputFile.requireNotFolder(file)));
    }

    /** @throws ModelFormatException naming the file, if the model's encoding is none */
    static ScoringModel of(Path file, Model model) {
        try {
            return of(model);
        } catch (ModelFormatException | IllegalArgumentException e) {
            throw new ModelFormatException(file + ": " + e.getMessage(), e);
        }
    }

    static ScoringModel of(Model model) {
        return ImageEncodingTree.isOne(model.encoding()) ? ImageModel.of(model) : TableModel.of(model);
    }
}
