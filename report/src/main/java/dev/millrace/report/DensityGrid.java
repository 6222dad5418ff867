package dev.millrace.report;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A density of the plane on a grid.
 *
 * @param window what the grid covers
 * @param cells along each side
 * @param density in the middle of each cell, row by row from the bottom, each from the left
 */
record DensityGrid(Window window, int cells, double[] density) {

    /** The values of a density; its −∞ are zeros here. */
    static DensityGrid of(RowDensity density, Window window, int cells) {
        double[] values = new double[cells * cells];
        IntStream.range(0, cells).parallel().forEach(row -> {
            double[] points = new double[2 * cells];
            for (int column = 0; column < cells; column++) {
                points[2 * column] = window.minX() + (column + 0.5) / cells * window.width();
                points[2 * column + 1] = window.minY() + (row + 0.5) / cells * window.height();
            }
            double[] logProb = density.logProb(points, cells);
            for (int column = 0; column < cells; column++) {
                values[row * cells + column] = Math.exp(logProb[column]);
            }
        });
        return new DensityGrid(window, cells, values);
    }

    /** The mass in the window by the midpoint rule: 1 if all of it is inside, and no detail finer than a cell. */
    double mass() {
        return Arrays.stream(density).sum() * window.width() * window.height() / (cells * cells);
    }

    Map<String, Object> toTree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("window", window.toTree());
        tree.put("cells", cells);
        tree.put("mass", Numbers.of(mass()));
        tree.put("density", Numbers.coarse(density));
        return tree;
    }
}
