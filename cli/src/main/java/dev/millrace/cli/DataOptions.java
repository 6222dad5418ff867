package dev.millrace.cli;

import dev.millrace.data.ReadOptions;
import dev.millrace.data.TableEncoding.Mode;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options about the data that a flow is fitted to. */
final class DataOptions {

    @Option(
            names = "--columns",
            split = ",",
            paramLabel = "NAME",
            description =
                    "Columns to model, comma-separated (default: all). Columns of files without names are x1, x2, …")
    List<String> columns = List.of();

    @Option(
            names = "--exclude",
            split = ",",
            paramLabel = "NAME",
            description = "Columns to leave out, comma-separated.")
    List<String> exclude = List.of();

    @Mixin
    SourceOptions source;

    @Option(
            names = "--dequantize",
            paramLabel = "auto|none",
            description = "Spread the values of columns that take few of them over small intervals, without which their"
                    + " likelihood has no bound (default: auto).")
    Optional<Mode> dequantize = Optional.empty();

    @Option(
            names = "--validation",
            paramLabel = "FRACTION",
            description = "Share of the rows that decides when to stop (default: 0.1).")
    Optional<Double> validation = Optional.empty();

    @Option(names = "--levels", paramLabel = "N", description = "The values of images are 0 to N - 1 (default: 256).")
    Optional<Integer> levels = Optional.empty();

    @Option(
            names = "--flip",
            negatable = true,
            fallbackValue = "true",
            description = "Show images left to right or right to left at random in training (default: --no-flip).")
    Optional<Boolean> flip = Optional.empty();

    /** @throws CommandException naming an option that makes sense only for tables, if one is given */
    void requireForImages() {
        source.requireForImages();
        DataKind.IMAGES.refuse("--columns", !columns.isEmpty());
        DataKind.IMAGES.refuse("--exclude", !exclude.isEmpty());
        DataKind.IMAGES.refuse("--dequantize", dequantize.isPresent());
    }

    /** @throws CommandException naming an option that makes sense only for images, if one is given */
    void requireForTable() {
        DataKind.TABLES.refuse("--levels", levels.isPresent());
        DataKind.TABLES.refuse("--flip", flip.isPresent());
    }

    /**
     * Reading only the columns asked for.
     *
     * @param otherwise the columns to keep if none are asked for; empty keeps all
     * @throws CommandException if the wishes contradict each other
     */
    ReadOptions pick(ReadOptions reading, List<String> otherwise) {
        try {
            return reading.withColumns(columns.isEmpty() ? otherwise : columns).withExclude(exclude);
        } catch (IllegalArgumentException e) {
            throw CommandException.usage("--columns or --exclude: " + e.getMessage());
        }
    }
}
