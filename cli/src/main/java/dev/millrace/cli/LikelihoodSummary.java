package dev.millrace.cli;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** How likely rows are under a model, and under the Gaussian baseline if the model has one. */
final class LikelihoodSummary {

    private final int columns;
    private final RunningMean model = new RunningMean();
    private final RunningMean gaussian = new RunningMean();
    private final RunningMean difference = new RunningMean();

    LikelihoodSummary(int columns) {
        this.columns = columns;
    }

    void add(ScoredBlock block) {
        double[] logProb = block.logProb();
        for (int i = 0; i < logProb.length; i++) {
            model.add(logProb[i]);
            if (block.gaussian().isPresent()) {
                gaussian.add(block.gaussian().get()[i]);
                difference.add(logProb[i] - block.gaussian().get()[i]);
            }
        }
    }

    /** The figures by their documented keys; null where there is none. */
    Map<String, Object> toTree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("rows", model.count());
        tree.put("meanLogProb", model.mean());
        tree.put("standardError", finite(model.standardError()));
        tree.put("bitsPerDim", bitsPerDim());
        tree.put("gaussianMeanLogProb", hasGaussian() ? gaussian.mean() : null);
        return tree;
    }

    /** The figures that {@code score} tells; the map is the caller's to add to. */
    Map<String, Object> toScoreTree(long droppedRows) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("rows", model.count());
        tree.put("droppedRows", droppedRows);
        tree.put("meanLogProb", model.mean());
        tree.put("standardError", finite(model.standardError()));
        return tree;
    }

    private static Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }

    private boolean hasGaussian() {
        return gaussian.count() > 0;
    }

    private double bitsPerDim() {
        return -model.mean() / (columns * Math.log(2));
    }

    /** The figures for people. */
    String toText() {
        StringBuilder text = new StringBuilder();
        line(
                text,
                "log-likelihood",
                withError(model, "%.4f"),
                "nats a row, mean of " + grouped(model.count()) + " rows");
        line(text, "", String.format(Locale.ROOT, "%.4f", bitsPerDim()), "bits per dimension");
        if (hasGaussian()) {
            line(text, "Gaussian", withError(gaussian, "%.4f"), "nats a row, fitted to the same training rows");
            line(text, "difference", withError(difference, "%+.4f"), "nats a row");
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String label, String figure, String unit) {
        text.append(String.format(Locale.ROOT, "%-15s %-22s %s%n", label, figure, unit));
    }

    private static String withError(RunningMean mean, String format) {
        String figure = String.format(Locale.ROOT, format, mean.mean());
        double error = mean.standardError();
        return Double.isFinite(error) ? figure + String.format(Locale.ROOT, " ± %.4f", error) : figure;
    }

    static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
