package dev.millrace.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Scores gathered for one JSON object; null for rows that were dropped. */
final class JsonScores {

    private final LikelihoodSummary summary;
    private final List<Double> logProb = new ArrayList<>();

    JsonScores(LikelihoodSummary summary) {
        this.summary = summary;
    }

    void add(ScoredBlock block) {
        summary.add(block);
        int kept = 0;
        for (int row = 0; row < block.rows().size(); row++) {
            logProb.add(block.rows().isKept(row) ? block.logProb()[kept++] : null);
        }
    }

    Map<String, Object> toTree(long dropped) {
        Map<String, Object> tree = summary.toScoreTree(dropped);
        tree.put("logProb", logProb);
        return tree;
    }
}
