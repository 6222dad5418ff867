package dev.millrace.model;

import dev.millrace.train.EpochReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The epochs of a training as a tree, and back. JSON has no NaN: a run without validation leaves the entry out. */
final class HistoryTree {

    private static final String VALIDATION = "validationLogProb";

    private HistoryTree() {}

    static Map<String, Object> write(List<EpochReport> history) {
        List<Object> epochs = new ArrayList<>();
        for (EpochReport report : history) {
            Map<String, Object> epoch = new LinkedHashMap<>();
            epoch.put("epoch", (long) report.epoch());
            epoch.put("trainLogProb", report.trainLogProb());
            if (!Double.isNaN(report.validationLogProb())) {
                epoch.put(VALIDATION, report.validationLogProb());
            }
            epoch.put("learningRate", report.learningRate());
            epochs.add(epoch);
        }
        return Map.of("epochs", epochs);
    }

    static List<EpochReport> read(Fields fields) {
        List<EpochReport> history = new ArrayList<>();
        for (Fields epoch : fields.objects("epochs")) {
            history.add(new EpochReport(
                    epoch.integer("epoch"),
                    epoch.number("trainLogProb"),
                    epoch.number(VALIDATION, Double.NaN),
                    epoch.number("learningRate")));
            epoch.end();
        }
        fields.end();
        return history;
    }
}
