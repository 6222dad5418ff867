package dev.millrace.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The command that fits a model again, with everything said that its provenance tells, if that is everything. */
final class FitCommandLine {

    private static final Map<String, List<String>> OPTIONS = options();

    private FitCommandLine() {}

    /**
     * The command; empty if the model does not come from {@code millrace fit}, or if no command would make it again: its
     * training was interrupted, tested on a file of its own, or has a column whose name {@code --columns} would take for two.
     *
     * @param data that the model was trained on
     */
    static String of(Map<String, Object> provenance, String data, Path model) {
        if (!canBeSaid(provenance)) {
            return "";
        }
        List<String> arguments = new ArrayList<>(List.of("millrace", "fit", data, "-o", model.toString()));
        OPTIONS.forEach((option, path) -> {
            Object value = at(provenance, path);
            if (value instanceof Boolean flag) {
                arguments.addAll(flag ? List.of(option) : List.of());
            } else if (value != null) {
                arguments.add(option);
                arguments.add(text(value));
            }
        });
        if (at(provenance, List.of(Provenance.TRAINING, TrainingTree.MAX_SECONDS)) instanceof Number seconds) {
            arguments.add("--max-time");
            arguments.add(Math.round(seconds.doubleValue()) + "s");
        }
        List<?> columns = columns(provenance);
        if (BuiltInData.of(data).isEmpty() && !columns.isEmpty()) {
            arguments.add("--columns");
            arguments.add(text(columns));
        }
        return ShellText.of(arguments);
    }

    private static boolean canBeSaid(Map<String, Object> provenance) {
        return provenance.containsKey(Provenance.TRAINING)
                && !provenance.containsKey(Provenance.INTERRUPTED)
                && !HeldOut.FILE.id().equals(at(provenance, List.of(Provenance.DATA, Provenance.READING, "test")))
                && columns(provenance).stream()
                        .noneMatch(name -> String.valueOf(name).contains(","));
    }

    /** The names of a table's columns; none for images. */
    private static List<?> columns(Map<String, Object> provenance) {
        return at(provenance, List.of(Provenance.DATA, "columns")) instanceof List<?> names ? names : List.of();
    }

    private static Map<String, List<String>> options() {
        Map<String, List<String>> options = new LinkedHashMap<>();
        options.put("--seed", List.of(Provenance.SEED));
        options.put("--missing", List.of(Provenance.DATA, Provenance.READING, "missing"));
        options.put("--header", List.of(Provenance.DATA, Provenance.READING, "header"));
        options.put("--array", List.of(Provenance.DATA, Provenance.READING, "array"));
        options.put("--dequantize", List.of(Provenance.DATA, Provenance.READING, "dequantize"));
        options.put("--validation", List.of(Provenance.DATA, Provenance.READING, "validation"));
        options.put("--preset", List.of(Provenance.FLOW, "preset"));
        options.put("--layers", List.of(Provenance.FLOW, "layers"));
        options.put("--hidden", List.of(Provenance.FLOW, "hidden"));
        options.put("--features", List.of(Provenance.FLOW, "features"));
        options.put("--blocks", List.of(Provenance.FLOW, "blocks"));
        options.put("--scales", List.of(Provenance.FLOW, "scales"));
        options.put("--levels", List.of(Provenance.DATA, Provenance.READING, "levels"));
        options.put("--flip", List.of(Provenance.DATA, Provenance.READING, "flip"));
        options.put("--epochs", List.of(Provenance.TRAINING, "epochs"));
        options.put("--batch", List.of(Provenance.TRAINING, "batch"));
        options.put("--learning-rate", List.of(Provenance.TRAINING, "learningRate"));
        options.put("--weight-decay", List.of(Provenance.TRAINING, "optimizer", "weightDecay"));
        options.put("--patience", List.of(Provenance.TRAINING, "patience"));
        return options;
    }

    private static Object at(Object tree, List<String> path) {
        Object place = tree;
        for (String key : path) {
            place = place instanceof Map<?, ?> map ? map.get(key) : null;
        }
        return place;
    }

    private static String text(Object value) {
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).collect(Collectors.joining(","))
                : String.valueOf(value);
    }
}
