package dev.millrace.cli;

import dev.millrace.model.Model;
import dev.millrace.train.TrainingResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What came out of a fit. */
record FitReport(FitSession session, Model model, TrainingResult result, Path file) {

    void print(PrintWriter out, boolean json) throws IOException {
        LikelihoodSummary heldOut = heldOut();
        if (json) {
            JsonOutput.print(out, toTree(heldOut));
        } else {
            out.println("Wrote " + file + ", the best of " + result.history().size() + " epochs, number "
                    + result.bestEpoch() + "; training ended: " + reason());
            FitData data = session.data();
            if (data.heldOut().rows() > 0) {
                String noun = data.unit().noun();
                out.println(
                        data.hasTest()
                                ? "On held-out " + noun + ":"
                                : "On the validation " + noun + ", which chose the epoch:");
                out.print(heldOut.toText());
            }
            out.flush();
        }
    }

    private LikelihoodSummary heldOut() throws IOException {
        LikelihoodSummary summary = session.data().unit().summary();
        new BlockScorer(ScoringModel.of(model), session.training().threads())
                .score(
                        session.data().heldOut(),
                        "held-out " + session.data().unit().noun(),
                        summary::add);
        return summary;
    }

    private String reason() {
        return switch (result.reason()) {
            case EPOCHS -> "all epochs are done";
            case NO_IMPROVEMENT ->
                session.data().validationRows().rows() > 0
                        ? "validation no longer improves"
                        : "training no longer improves, with nothing to validate on";
            case TIME_BUDGET -> "its time is up";
            case REQUESTED -> "as asked";
            case NON_FINITE -> "it diverged: " + result.detail();
        };
    }

    private Map<String, Object> toTree(LikelihoodSummary heldOut) {
        FitData data = session.data();
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("model", file.toString());
        tree.put("sha256", model.sha256());
        tree.put("parameters", model.flow().parameterCount());
        tree.put("columns", model.flow().dimension());
        tree.put("trainRows", data.trainRows().rows());
        tree.put("validationRows", data.validationRows().rows());
        tree.put("testRows", data.testRows().rows());
        tree.put("epochs", result.history().size());
        tree.put("bestEpoch", result.bestEpoch());
        tree.put("stopReason", result.reason().name().toLowerCase(Locale.ROOT));
        tree.put("trainLogProb", result.best().trainLogProb());
        double validation = result.best().validationLogProb();
        tree.put("validationLogProb", Double.isNaN(validation) ? null : validation);
        boolean any = data.heldOut().rows() > 0;
        tree.put("heldOutRows", any ? (data.hasTest() ? "test" : "validation") : null);
        tree.put("heldOut", any ? heldOut.toTree() : null);
        return tree;
    }
}
