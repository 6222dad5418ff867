package dev.millrace.cli;

import dev.millrace.data.ReadOptions;
import dev.millrace.data.ReadOptions.Missing;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options about how files of data are read, whichever columns of them. */
final class SourceOptions {

    @Option(
            names = "--missing",
            paramLabel = "fail|drop",
            description = "What to do about rows with a missing cell (default: fail).")
    Optional<Missing> missing = Optional.empty();

    @Option(
            names = "--header",
            paramLabel = "auto|yes|no",
            description = "Whether text starts with a line of column names (default: auto).")
    Optional<HeaderChoice> header = Optional.empty();

    @Option(names = "--array", paramLabel = "NAME", description = "Which array of an .npz to read.")
    Optional<String> array = Optional.empty();

    /** @throws CommandException naming an option that makes sense only for tables, if one is given */
    void requireForImages() {
        DataKind.IMAGES.refuse("--missing", missing.isPresent());
        DataKind.IMAGES.refuse("--header", header.isPresent());
    }

    ReadOptions readOptions() {
        ReadOptions options = ReadOptions.defaults()
                .withMissing(missing.orElse(Missing.FAIL))
                .withHeader(header.orElse(HeaderChoice.AUTO).rule());
        return array.isPresent() ? options.withArray(array.get()) : options;
    }
}
