package dev.millrace.cli;

import dev.millrace.ImageLikelihood;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** How likely images are under a model, in the units of the papers. */
final class ImageSummary implements LikelihoodSummary {

    private final ImageLikelihood likelihood;
    private final RunningMean logProb = new RunningMean();

    ImageSummary(ImageLikelihood likelihood) {
        this.likelihood = likelihood;
    }

    @Override
    public void add(ScoredBlock block) {
        for (double value : block.logProb()) {
            logProb.add(value);
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
        return tree;
    }

    @Override
    public Map<String, Object> toScoreTree(long droppedRows) {
        return toTree();
    }

    @Override
    public String toText() {
        double error = logProb.standardError();
        String bits = LikelihoodSummary.withError(
                likelihood.bitsPerDimension(logProb.mean()), likelihood.bitsPerDimensionError(error), "%.4f");
        String nats = LikelihoodSummary.withError(logProb.mean(), error, "%.4f");
        String pixels = String.format(Locale.ROOT, "%.4f", likelihood.pixelUnits(logProb.mean()));
        return LikelihoodSummary.line(
                        "bits/dim", bits, "mean of " + LikelihoodSummary.grouped(logProb.count()) + " images")
                + LikelihoodSummary.line("log-likelihood", nats, "nats an image, of pixels scaled to [0, 1]")
                + LikelihoodSummary.line("", pixels, "nats an image, of pixels 0 to " + (likelihood.levels() - 1));
    }
}
