package dev.millrace.cli;

import dev.millrace.Flow;
import dev.millrace.ImageRealNvp;
import dev.millrace.NeuralSpline;
import dev.millrace.Nice;
import dev.millrace.RealNvp;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The description of a flow to be trained, of one family or another. */
sealed interface FlowChoice {

    /** The flow with new weights. */
    Flow build();

    /** For the model's provenance. */
    Map<String, Object> toTree();

    /** A RealNVP. */
    record AffineFlow(RealNvp description) implements FlowChoice {

        @Override
        public Flow build() {
            return description.build();
        }

        @Override
        public Map<String, Object> toTree() {
            Map<String, Object> tree = start(Preset.REALNVP, description.couplings(), description.hidden());
            tree.put("activation", id(description.activation()));
            tree.put("logScale", id(description.logScale()));
            tree.put("normalisation", id(description.normalisation()));
            tree.put("mixing", id(description.mixing()));
            tree.put("standardised", description.standardised());
            return tree;
        }
    }

    /** A neural spline flow. */
    record SplineFlow(NeuralSpline description) implements FlowChoice {

        @Override
        public Flow build() {
            return description.build();
        }

        @Override
        public Map<String, Object> toTree() {
            Map<String, Object> tree = start(Preset.SPLINE, description.couplings(), description.hidden());
            tree.put("activation", id(description.activation()));
            tree.put("bins", description.bins());
            tree.put("tailBound", description.tailBound());
            tree.put("standardised", description.standardised());
            return tree;
        }
    }

    /** A NICE. */
    record AdditiveFlow(Nice description) implements FlowChoice {

        @Override
        public Flow build() {
            return description.build();
        }

        @Override
        public Map<String, Object> toTree() {
            Map<String, Object> tree = start(Preset.NICE, description.couplings(), description.hidden());
            tree.put("prior", id(description.prior()));
            tree.put("standardised", description.standardised());
            return tree;
        }
    }

    /** A multi-scale RealNVP of images. */
    record MultiScaleFlow(Preset preset, ImageRealNvp description) implements FlowChoice {

        @Override
        public Flow build() {
            return description.build();
        }

        @Override
        public Map<String, Object> toTree() {
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("preset", preset.id());
            tree.put("features", description.features());
            tree.put("blocks", description.blocks());
            tree.put("scales", description.scales());
            tree.put("logit", id(description.variant()));
            tree.put("alpha", description.alpha());
            tree.put("logScale", id(description.logScale()));
            tree.put("normalisation", id(description.normalisation()));
            return tree;
        }
    }

    private static Map<String, Object> start(Preset preset, int couplings, List<Integer> hidden) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("preset", preset.id());
        tree.put("layers", couplings);
        tree.put("hidden", hidden);
        return tree;
    }

    private static String id(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT);
    }
}
