package dev.millrace.cli;

import dev.millrace.data.ColumnEncoding;
import dev.millrace.data.Toy;
import dev.millrace.model.Model;
import dev.millrace.report.ReportInput;
import dev.millrace.report.Reproduction;
import dev.millrace.report.RowDensity;
import dev.millrace.report.RowSet;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a report of a model is about.
 *
 * @param data the files, or built-in data, that the rows are from
 * @param model the model
 * @param sets the rows
 * @param reproduction how the model can be made again, if there is a way to tell
 */
record ReportSubject(List<String> data, Model model, List<RowSet> sets, Optional<Reproduction> reproduction) {

    /** @throws dev.millrace.model.ModelFormatException if the model's encoding is none */
    ReportInput input() {
        ScoringModel scoring = ScoringModel.of(model);
        return scoring instanceof ImageModel images ? ofImages(images) : ofTable((TableModel) scoring);
    }

    private ReportInput ofTable(TableModel scoring) {
        Optional<RowDensity> baseline = scoring.gaussian().map(gaussian -> gaussian::logProb);
        return new ReportInput(
                title(),
                model.flow(),
                scoring.encoding(),
                scoring.seed(),
                model.history(),
                sets,
                baseline,
                data.size() == 1 ? truth(data.get(0), scoring) : Optional.empty(),
                facts(),
                reproduction);
    }

    private ReportInput ofImages(ImageModel scoring) {
        return new ReportInput(
                title(),
                model.flow(),
                ImageRowSets.columns(scoring.dimension()),
                scoring.encoding().seed(),
                model.history(),
                sets,
                Optional.empty(),
                Optional.empty(),
                facts(),
                reproduction,
                Optional.of(scoring.encoding()));
    }

    private String title() {
        return data.stream()
                .map(location -> location.equals("-")
                        ? "standard input"
                        : String.valueOf(Path.of(location).getFileName()))
                .collect(Collectors.joining(", "));
    }

    /** The density that data really has, if it is built in and the model is one of all its columns as they are. */
    static Optional<RowDensity> truth(String location, TableModel scoring) {
        boolean asItIs = scoring.encoding().columns().stream().allMatch(ColumnEncoding.Continuous.class::isInstance)
                && scoring.encoding().names().equals(List.of("x", "y"));
        return asItIs ? BuiltInData.of(location).map(builtIn -> density(builtIn.toy())) : Optional.empty();
    }

    private static RowDensity density(Toy toy) {
        return (rows, count) -> {
            double[] logProb = new double[count];
            for (int i = 0; i < count; i++) {
                logProb[i] = toy.logDensity(rows[2 * i], rows[2 * i + 1]);
            }
            return logProb;
        };
    }

    private Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("data", String.join(", ", data));
        Map<String, Object> provenance = model.provenance();
        if (provenance.get(Provenance.DATA) instanceof Map<?, ?> read) {
            facts.put("fingerprint of the data", text(read.get(Provenance.FINGERPRINT)));
            facts.put("reading", settings(read.get("reading")));
        }
        facts.put("flow", settings(provenance.get(Provenance.FLOW)));
        facts.put("training", settings(provenance.get(Provenance.TRAINING)));
        facts.put("seed", text(provenance.get(Provenance.SEED)));
        facts.put("model file, SHA-256", model.sha256());
        String version = text(provenance.get("millrace"));
        facts.put("made by", version.isEmpty() ? "" : "Millrace " + version);
        facts.values().removeIf(String::isEmpty);
        return facts;
    }

    private static String text(Object value) {
        return value == null ? "" : value.toString();
    }

    /** A tree of settings in a line. */
    private static String settings(Object tree) {
        if (tree instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> entry.getKey() + " " + nested(entry.getValue()))
                    .collect(Collectors.joining(", "));
        }
        return "";
    }

    private static String nested(Object value) {
        return value instanceof Map<?, ?> ? "(" + settings(value) + ")" : String.valueOf(value);
    }
}
