package dev.millrace.report;

import dev.millrace.Flow;
import java.util.LinkedHashMap;
import java.util.Map;

/** Pictures of a flow of two dimensions: its density, and how it carries points to the latent. */
final class Plane {

    /** Rows drawn far away may be this many, on each side, before the window is made wide enough for them. */
    static final double OUTLIERS = 0.002;

    private Plane() {}

    static Map<String, Object> toTree(ReportInput input, Sample real, Sample drawn, Detail detail) {
        Window window = Window.around(0.1, real.encoded(), Window.corners(drawn.encoded(), OUTLIERS));
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put(
                "learned",
                DensityGrid.of(density(input.flow()), window, detail.cells()).toTree());
        input.truth()
                .ifPresent(truth -> tree.put(
                        "true", DensityGrid.of(truth, window, detail.cells()).toTree()));
        tree.put("real", Numbers.coarse(real.first(2 * detail.points()).encoded()));
        tree.put("drawn", Numbers.coarse(drawn.first(2 * detail.points()).encoded()));
        tree.put(
                "transport",
                Transport.of(input.flow(), real.first(detail.travellers()).encoded())
                        .toTree());
        return tree;
    }

    static RowDensity density(Flow flow) {
        return (rows, count) -> {
            double[] logProb = new double[count];
            flow.logProb(rows, count, logProb);
            return logProb;
        };
    }
}
