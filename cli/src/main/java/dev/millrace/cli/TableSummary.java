package dev.millrace.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/** How likely rows are under a model, and under the Gaussian baseline if the model has one. */
final class TableSummary implements LikelihoodSummary {

    private final int columns;
    private final RunningMean model = new RunningMean();
    private final RunningMean gaussian = new RunningMean();
    private final RunningMean difference = new RunningMean();

    TableSummary(int columns) {
        this.columns = columns;
    }

    @Override
    public void add(ScoredBlock block) {
        double[] logProb = block.logProb();
        for (int i = 0; i < logProb.length; i++) {
            model.add(logProb[i]);
            if (block.gaussian().isPresent()) {
                gaussian.add(block.gaussian().get()[i]);
                difference.add(logProb[i] - block.gaussian().get()[i]);
            }
        }
    }

    @Override
    public Map<String, Object> toTree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("rows", model.count());
        tree.put("meanLogProb", model.mean());
        tree.put("standardError", LikelihoodSummary.finite(model.standardError()));
        tree.put("bitsPerDim", bitsPerDim());
        tree.put("gaussianMeanLogProb", hasGaussian() ? gaussian.mean() : null);
        return tree;
    }

    @Override
    public Map<String, Object> toScoreTree(long droppedRows) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("rows", model.count());
        tree.put("droppedRows", droppedRows);
        tree.put("meanLogProb", model.mean());
        tree.put("standardError", LikelihoodSummary.finite(model.standardError()));
        return tree;
    }

    private boolean hasGaussian() {
        return gaussian.count() > 0;
    }

    private double bitsPerDim() {
        return -model.mean() / (columns * Math.log(2));
    }

    @Override
    public String toText() {
        StringBuilder text = new StringBuilder();
        text.append(LikelihoodSummary.line(
                "log-likelihood",
                withError(FigureText.of(model.mean()), model),
                "nats a row, mean of " + FigureText.grouped(model.count()) + " rows"));
        text.append(LikelihoodSummary.line("", FigureText.of(bitsPerDim()), "bits per dimension"));
        if (hasGaussian()) {
            text.append(LikelihoodSummary.line(
                    "Gaussian",
                    withError(FigureText.of(gaussian.mean()), gaussian),
                    "nats a row, fitted to the same training rows"));
            text.append(LikelihoodSummary.line(
                    "difference", withError(FigureText.signed(difference.mean()), difference), "nats a row"));
        }
        return text.toString();
    }

    private static String withError(String figure, RunningMean mean) {
        return FigureText.withError(figure, mean.standardError());
    }
}
