package dev.millrace.report;

import java.util.List;

/**
 * A rectangle of the plane.
 *
 * @param minX its left
 * @param maxX its right, beyond {@code minX}
 * @param minY its bottom
 * @param maxY its top, beyond {@code minY}
 */
record Window(double minX, double maxX, double minY, double maxY) {

    /** Around all these points, with a margin of a fraction of its sides. */
    static Window around(double margin, double[]... points) {
        double[] bounds = {
            Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY
        };
        for (double[] set : points) {
            for (int i = 0; i < set.length; i++) {
                int side = 2 * (i % 2);
                bounds[side] = Math.min(bounds[side], set[i]);
                bounds[side + 1] = Math.max(bounds[side + 1], set[i]);
            }
        }
        double width = span(bounds[0], bounds[1]);
        double height = span(bounds[2], bounds[3]);
        return new Window(
                bounds[0] - margin * width,
                bounds[1] + margin * width,
                bounds[2] - margin * height,
                bounds[3] + margin * height);
    }

    /** Two corners of the rectangle that leaves out a share of points on each side, so that few far away do not count. */
    static double[] corners(double[] points, double share) {
        double[] x = Statistics.sorted(Sample.column(points, 2, 0));
        double[] y = Statistics.sorted(Sample.column(points, 2, 1));
        return new double[] {
            Statistics.quantile(x, share),
            Statistics.quantile(y, share),
            Statistics.quantile(x, 1 - share),
            Statistics.quantile(y, 1 - share)
        };
    }

    /** Points that are all alike have a window too. */
    private static double span(double min, double max) {
        return max > min ? max - min : 1;
    }

    boolean holds(double x, double y) {
        return x >= minX && x <= maxX && y >= minY && y <= maxY;
    }

    double width() {
        return maxX - minX;
    }

    double height() {
        return maxY - minY;
    }

    List<Object> toTree() {
        return List.of(minX, maxX, minY, maxY);
    }
}
