package dev.millrace.report;

import dev.millrace.Flow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What each layer does to rows: how much it stretches space around them, and how far it moves them. */
final class Layers {

    private Layers() {}

    static List<Object> toTree(Flow flow, Sample sample) {
        LayerWalk walk = LayerWalk.of(flow, sample.encoded(), sample.count());
        List<Object> layers = new ArrayList<>();
        for (int i = 0; i < flow.layers().size(); i++) {
            double[] logDets = Statistics.sorted(walk.logDets().get(i));
            Map<String, Object> layer = new LinkedHashMap<>();
            layer.put("name", LayerName.of(flow.layers().get(i)));
            layer.put("logDet", Numbers.of(Statistics.mean(walk.logDets().get(i))));
            layer.put("low", Numbers.of(Statistics.quantile(logDets, 0.05)));
            layer.put("high", Numbers.of(Statistics.quantile(logDets, 0.95)));
            layer.put(
                    "moved",
                    Numbers.of(distance(walk.frames().get(i), walk.frames().get(i + 1), flow.dimension())));
            layers.add(layer);
        }
        return layers;
    }

    /** The root mean square of how far rows moved. */
    private static double distance(double[] from, double[] to, int dimension) {
        double squares = 0;
        for (int i = 0; i < from.length; i++) {
            squares += (to[i] - from[i]) * (to[i] - from[i]);
        }
        return Math.sqrt(squares / (from.length / dimension));
    }
}
