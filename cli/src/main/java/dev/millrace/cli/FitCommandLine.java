package dev.millrace.cli;

import dev.millrace.report.Reproduction;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The command that fits a model again, with everything said that its provenance tells, if that is everything. */
final class FitCommandLine {

    private FitCommandLine() {}

    /**
     * The command; none if the model does not come from {@code millrace fit}, or if no command would make it again: its
     * training was interrupted, or prolonged after an interruption, tested on a file of its own, or has a column whose name
     * {@code --columns} would take for two; or its data came through standard input.
     *
     * @param data that the model was trained on
     */
    static Optional<Reproduction> of(Map<String, Object> provenance, List<String> data, Path model) {
        if (data.contains("-") || !canBeSaid(provenance)) {
            return Optional.empty();
        }
        List<String> arguments = new ArrayList<>(List.of("millrace", "fit"));
        arguments.addAll(data);
        arguments.addAll(List.of("-o", model.toString()));
        Arrays.stream(RecordedOption.values())
                .filter(option -> option != RecordedOption.COLUMNS)
                .forEach(option -> add(option, option.in(provenance), arguments));
        Optional<Double> seconds = seconds(provenance);
        seconds.ifPresent(limit -> arguments.addAll(List.of("--max-time", Math.round(limit) + "s")));
        boolean isBuiltIn =
                data.stream().anyMatch(location -> BuiltInData.of(location).isPresent());
        if (!isBuiltIn && !columns(provenance).isEmpty()) {
            add(RecordedOption.COLUMNS, columns(provenance), arguments);
        }
        return Optional.of(new Reproduction(ShellText.of(arguments), seconds.isEmpty()));
    }

    private static boolean canBeSaid(Map<String, Object> provenance) {
        return provenance.containsKey(Provenance.TRAINING)
                && !provenance.containsKey(Provenance.INTERRUPTED)
                && !provenance.containsKey(Provenance.PROLONGED)
                && !HeldOut.FILE.id().equals(Provenance.test(provenance))
                && columns(provenance).stream()
                        .noneMatch(name -> String.valueOf(name).contains(","));
    }

    private static void add(RecordedOption option, Object value, List<String> arguments) {
        if (value instanceof Boolean flag) {
            arguments.addAll(flag ? List.of(option.option()) : List.of());
        } else if (value != null) {
            arguments.addAll(List.of(option.option(), text(value)));
        }
    }

    /** The names of a table's columns; none for images. */
    private static List<?> columns(Map<String, Object> provenance) {
        return RecordedOption.COLUMNS.in(provenance) instanceof List<?> names ? names : List.of();
    }

    private static Optional<Double> seconds(Map<String, Object> provenance) {
        return Provenance.at(provenance, Provenance.TRAINING, TrainingTree.MAX_SECONDS) instanceof Number seconds
                ? Optional.of(seconds.doubleValue())
                : Optional.empty();
    }

    private static String text(Object value) {
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).collect(Collectors.joining(","))
                : String.valueOf(value);
    }
}
