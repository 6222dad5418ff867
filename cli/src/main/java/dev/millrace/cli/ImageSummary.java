package dev.millrace.cli;

import dev.millrace.ImageLikelihood;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** How likely images are under a model, in the units of the papers. */
final class ImageSummary implements LikelihoodSummary {

    private final ImageLikelihood likelihood;
    private final Optional<Double> logitAlpha;
    private final RunningMean logProb = new RunningMean();
    private final RunningMean logitLogProb = new RunningMean();

    ImageSummary(ImageLikelihood likelihood) {
        this(likelihood, Optional.empty());
    }

    /** @param logitAlpha α of the logit space to tell the log-likelihood in as well */
    ImageSummary(ImageLikelihood likelihood, Optional<Double> logitAlpha) {
        this.likelihood = likelihood;
        this.logitAlpha = logitAlpha;
    }

    @Override
    public void add(ScoredBlock block) {
        for (double value : block.logProb()) {
            logProb.add(value);
        }
        logitAlpha.ifPresent(alpha -> addInLogitSpace(block, alpha));
    }

    private void addInLogitSpace(ScoredBlock block, double alpha) {
        int entries = likelihood.dimension();
        for (int i = 0; i < block.logProb().length; i++) {
            double[] row = Arrays.copyOfRange(block.rows().values(), i * entries, (i + 1) * entries);
            logitLogProb.add(likelihood.logitSpace(block.logProb()[i], row, alpha));
        }
    }

    @Override
    public Map<String, Object> toTree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("images", logProb.count());
        tree.put("bitsPerDim", likelihood.bitsPerDimension(logProb.mean()));
        tree.put(
                "bitsPerDimStandardError",
                LikelihoodSummary.finite(likelihood.bitsPerDimensionError(logProb.standardError())));
        tree.put("meanLogProb", logProb.mean());
        tree.put("standardError", LikelihoodSummary.finite(logProb.standardError()));
        tree.put("meanPixelLogProb", likelihood.pixelUnits(logProb.mean()));
        if (logitAlpha.isPresent()) {
            tree.put("meanLogitLogProb", logitLogProb.mean());
            tree.put("logitStandardError", LikelihoodSummary.finite(logitLogProb.standardError()));
        }
        return tree;
    }

    @Override
    public Map<String, Object> toScoreTree(long droppedRows) {
        return toTree();
    }

    @Override
    public String toText() {
        double error = logProb.standardError();
        String bits = FigureText.withError(
                FigureText.of(likelihood.bitsPerDimension(logProb.mean())), likelihood.bitsPerDimensionError(error));
        String nats = FigureText.withError(FigureText.of(logProb.mean()), error);
        String pixels = FigureText.of(likelihood.pixelUnits(logProb.mean()));
        return LikelihoodSummary.line("bits/dim", bits, "mean of " + FigureText.grouped(logProb.count()) + " images")
                + LikelihoodSummary.line("log-likelihood", nats, "nats an image, of pixels scaled to [0, 1]")
                + LikelihoodSummary.line("", pixels, "nats an image, of pixels 0 to " + (likelihood.levels() - 1))
                + logitText();
    }

    private String logitText() {
        return logitAlpha
                .map(alpha -> LikelihoodSummary.line(
                        "",
                        FigureText.withError(FigureText.of(logitLogProb.mean()), logitLogProb.standardError()),
                        "nats an image, of logit(α + (1 - 2α)·x) with α = " + alpha))
                .orElse("");
    }
}
