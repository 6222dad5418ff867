package dev.millrace.data;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * How images are read.
 *
 * @param array the array of an {@code .npz} archive; needed if more than one holds images
 * @param labels a file of labels, IDX of one dimension; if empty, the one that lies beside an IDX file and is named
 *     like MNIST's, if there is one
 */
public record ImageReadOptions(Optional<String> array, Optional<Path> labels) {

    /** Checks the parts. */
    public ImageReadOptions {
        Objects.requireNonNull(array, "array");
        Objects.requireNonNull(labels, "labels");
    }

    /**
     * The only array, and labels where they lie beside the images.
     *
     * @return these options
     */
    public static ImageReadOptions defaults() {
        return new ImageReadOptions(Optional.empty(), Optional.empty());
    }
}
