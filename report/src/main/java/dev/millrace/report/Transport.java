package dev.millrace.report;

import dev.millrace.Flow;
import dev.millrace.bijection.Bijection;
import dev.millrace.distribution.StandardNormal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Points of the plane, and the lines of a grid, carried through a flow of two dimensions.
 *
 * @param flow the flow
 * @param points the points' way; its first frame is x, its last z
 * @param lines the way of the points that the grid's lines are made of, line after line
 */
record Transport(Flow flow, LayerWalk points, LayerWalk lines) {

    /** Lines of the grid in each direction. */
    static final int LINES = 17;

    /** Points of a line: enough that it bends without corners. */
    static final int LINE_POINTS = 48;

    static Transport of(Flow flow, double[] points) {
        double[] lines = lines(Window.around(0.08, points));
        return new Transport(
                flow, LayerWalk.of(flow, points, points.length / 2), LayerWalk.of(flow, lines, lines.length / 2));
    }

    /** First the upright lines from the left, then the level ones from the bottom. */
    private static double[] lines(Window window) {
        double[] lines = new double[2 * 2 * LINES * LINE_POINTS];
        int at = 0;
        for (int direction = 0; direction < 2; direction++) {
            for (int line = 0; line < LINES; line++) {
                for (int point = 0; point < LINE_POINTS; point++) {
                    double across = line / (LINES - 1.0);
                    double along = point / (LINE_POINTS - 1.0);
                    lines[at++] = window.minX() + window.width() * (direction == 0 ? across : along);
                    lines[at++] = window.minY() + window.height() * (direction == 0 ? along : across);
                }
            }
        }
        return lines;
    }

    Map<String, Object> toTree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("linePoints", LINE_POINTS);
        tree.put("circles", flow.base() instanceof StandardNormal);
        List<Object> names = new ArrayList<>(List.of("data"));
        for (Bijection layer : flow.layers()) {
            names.add(LayerName.of(layer));
        }
        tree.put("names", names);
        List<Object> frames = new ArrayList<>();
        for (int i = 0; i < points.frames().size(); i++) {
            Map<String, Object> frame = new LinkedHashMap<>();
            frame.put("window", window(i).toTree());
            frame.put("points", Numbers.coarse(points.frames().get(i)));
            frame.put("lines", Numbers.coarse(lines.frames().get(i)));
            frames.add(frame);
        }
        tree.put("frames", frames);
        return tree;
    }

    /**
     * What a frame shows: the data in their own units, all later frames in one window, so that stretching is seen; it
     * leaves out the outermost hundredth of points on each side where single ones are far away.
     */
    Window window(int frame) {
        List<double[]> shown = frame == 0
                ? points.frames().subList(0, 1)
                : points.frames().subList(1, points.frames().size());
        double[] corners = shown.stream()
                .flatMapToDouble(rows -> Arrays.stream(Window.corners(rows, 0.01)))
                .toArray();
        return square(Window.around(0.12, corners));
    }

    /** The latent is round, so it must not be drawn as an ellipse; data of two units may be stretched. */
    private static Window square(Window window) {
        double half = Math.max(window.width(), window.height()) / 2;
        if (Math.min(window.width(), window.height()) < 0.4 * half) {
            return window;
        }
        double x = (window.minX() + window.maxX()) / 2;
        double y = (window.minY() + window.maxY()) / 2;
        return new Window(x - half, x + half, y - half, y + half);
    }
}
