package dev.millrace.cli;

import dev.millrace.bijection.Bijection;
import dev.millrace.data.ColumnEncoding;
import dev.millrace.data.TableEncoding;
import dev.millrace.model.Json;
import dev.millrace.model.Model;
import dev.millrace.train.EpochReport;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What there is to know about a model, for people. */
final class ModelText {

    private static final int EPOCHS_AT_EITHER_END = 4;
    private static final int LONGEST_VALUE = 60;

    private final Path file;
    private final Model model;
    private final ScoringModel scoring;
    private final StringBuilder text = new StringBuilder();

    ModelText(Path file, Model model) {
        this.file = file;
        this.model = model;
        this.scoring = ScoringModel.of(file, model);
    }

    String toText() {
        line("%s", file);
        line("sha256 %s", model.sha256());
        line(
                "%d %s, %,d parameters",
                model.flow().dimension(),
                scoring instanceof ImageModel ? "values an image" : "columns",
                model.flow().parameterCount());
        layers();
        encoding();
        if (!model.provenance().isEmpty()) {
            line("%nProvenance");
            provenance("", model.provenance());
        }
        history();
        return text.toString();
    }

    private void layers() {
        line("%nLayers, from data to latent");
        int index = 0;
        for (Bijection layer : model.flow().layers()) {
            line(
                    "%4d  %-16s %,10d  %s",
                    index++, layer.getClass().getSimpleName(), LayerText.parameters(layer), LayerText.describe(layer));
        }
        line("      %s", model.flow().base().getClass().getSimpleName());
    }

    private void encoding() {
        if (scoring instanceof ImageModel images) {
            images(images);
        } else if (scoring instanceof TableModel table && !model.encoding().isEmpty()) {
            columns(table.encoding());
        }
    }

    private void images(ImageModel images) {
        line("%nImages");
        line("  %-24s %d × %d × %d", "height×width×channels", images.height(), images.width(), images.channels());
        line("  %-24s 0 to %d", "values", images.encoding().levels() - 1);
        line("  %-24s %s", "flipped in training", images.encoding().flips() ? "at random" : "never");
    }

    private void columns(TableEncoding encoding) {
        line("%nColumns");
        for (ColumnEncoding column : encoding.columns()) {
            line(
                    "  %-24s %s",
                    column.name(),
                    column instanceof ColumnEncoding.Discrete discrete
                            ? String.format(
                                    Locale.ROOT,
                                    "%,d values from %s to %s, dequantised with step %s",
                                    discrete.distinct(),
                                    discrete.min(),
                                    discrete.max(),
                                    discrete.step())
                            : "continuous");
        }
    }

    private void provenance(String prefix, Map<?, ?> tree) {
        tree.forEach((key, value) -> {
            String path = prefix + key;
            if (value instanceof Map<?, ?> inner) {
                provenance(path + ".", inner);
            } else {
                line("  %-34s %s", path, shortened(value));
            }
        });
    }

    private static String shortened(Object value) {
        String json = Json.write(value);
        if (json.length() > LONGEST_VALUE && value instanceof List<?> list) {
            return "(" + list.size() + " values)";
        }
        return json.startsWith("\"") ? json.substring(1, json.length() - 1) : json;
    }

    private void history() {
        List<EpochReport> history = model.history();
        if (history.isEmpty()) {
            return;
        }
        int best = history.stream()
                .max(Comparator.comparingDouble(EpochReport::score))
                .get()
                .epoch();
        line("%nTraining: %d epochs, the best is %d%s", history.size(), best, unit());
        line("  epoch    training  validation  learning rate");
        int skipped = 0;
        for (int i = 0; i < history.size(); i++) {
            EpochReport report = history.get(i);
            boolean shown =
                    i < EPOCHS_AT_EITHER_END || i >= history.size() - EPOCHS_AT_EITHER_END || report.epoch() == best;
            if (shown) {
                line(
                        "  %5d %11.4f %11.4f  %.2e%s",
                        report.epoch(),
                        scoring.unit().figure(report.trainLogProb()),
                        scoring.unit().figure(report.validationLogProb()),
                        report.learningRate(),
                        report.epoch() == best ? "  best" : "");
                skipped = 0;
            } else if (skipped++ == 0) {
                line("      …");
            }
        }
    }

    private String unit() {
        return scoring.unit().suffix().isEmpty() ? "" : ", in" + scoring.unit().suffix();
    }

    private void line(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format + "%n", values));
    }
}
