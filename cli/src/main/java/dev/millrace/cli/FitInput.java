package dev.millrace.cli;

import dev.millrace.data.DataSource;
import dev.millrace.data.ImageReadOptions;
import dev.millrace.data.ImageSetReader;
import dev.millrace.model.Fields;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** The files of a fit, known for what they hold, but not yet read. */
sealed interface FitInput permits TableInput, ImageInput {

    /** Reads and splits them for a training from its beginning. */
    FitData fresh(long seed) throws IOException;

    /**
     * Reads and splits them as a training did that goes on.
     *
     * @param reading the settings it had
     * @param encoding the encoding it had
     */
    FitData again(Fields reading, Map<String, Object> encoding, long seed) throws IOException;

    /** Finds out whether files hold a table or images. */
    static FitInput of(FitSources sources, DataOptions options) throws IOException {
        DataSource first = InputFile.any(sources.data().get(0));
        ImageSetReader reader = new ImageSetReader(new ImageReadOptions(options.source.array, Optional.empty()));
        return reader.recognises(first) ? new ImageInput(sources, options) : new TableInput(sources, options);
    }
}
