package dev.millrace.report;

import dev.millrace.Flow;
import dev.millrace.ImageLikelihood;
import dev.millrace.data.Table;
import dev.millrace.train.ImageEncoding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** What a flow of images has learned, in images. */
record Images(ReportInput input, ImageEncoding encoding, Sample real, Likelihood likelihood) {

    private static final int SIDE = 8;
    private static final int NEAREST = 3;
    private static final int STEPS = 9;
    private static final int WALKS = 4;
    private static final double[] TEMPERATURES = {0, 0.4, 0.6, 0.8, 0.9, 1};

    Map<String, Object> toTree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        ImageLikelihood units = new ImageLikelihood(encoding.dimension(), encoding.levels());
        tree.put("bitsPerDim", Numbers.of(units.bitsPerDimension(Statistics.mean(likelihood.model()))));
        tree.put(
                "bitsPerDimError",
                Numbers.of(units.bitsPerDimensionError(Statistics.standardError(likelihood.model()))));
        tree.put("pictures", List.of(samples(), nearest(), thereAndBack(), between(), temperatures(), leastLikely()));
        return tree;
    }

    private Map<String, Object> picture(String title, String caption, int columns, List<double[]> images) {
        Map<String, Object> tree = new LinkedHashMap<>();
        ImageGrid grid = new ImageGrid(encoding.shape(), encoding.levels(), columns, images);
        tree.put("title", title);
        tree.put("caption", caption);
        tree.put("width", grid.picture().getWidth());
        tree.put("picture", grid.toDataUri());
        return tree;
    }

    private Map<String, Object> samples() {
        return picture(
                "Drawn by the flow",
                "Images that the flow has drawn, none chosen or left out.",
                SIDE,
                drawn(SIDE * SIDE, 1));
    }

    private List<double[]> drawn(int count, double temperature) {
        return images(input.flow().sample(count, input.seed(), temperature));
    }

    /** Rows of the flow as images. */
    private List<double[]> images(double[] rows) {
        double[] raw = rows.clone();
        input.codec().decode(raw);
        return IntStream.range(0, raw.length / encoding.dimension())
                .mapToObj(i -> row(raw, i))
                .toList();
    }

    private double[] row(double[] rows, int i) {
        return Arrays.copyOfRange(rows, i * encoding.dimension(), (i + 1) * encoding.dimension());
    }

    private double[] row(Table table, int i) {
        double[] row = new double[encoding.dimension()];
        table.copyRow(i, row, 0);
        return row;
    }

    private Map<String, Object> nearest() {
        RowSet known = input.sets().get(0);
        List<double[]> drawn = drawn(SIDE, 1);
        List<double[]> images = new ArrayList<>(drawn);
        List<List<double[]>> found =
                drawn.stream().map(image -> nearest(image, known.rows())).toList();
        for (int rank = 0; rank < Math.min(NEAREST, known.rows().rows()); rank++) {
            for (List<double[]> of : found) {
                images.add(of.get(rank));
            }
        }
        return picture(
                "Drawn images and their nearest " + known.role(),
                "Below each drawn image the most similar of " + known.rows().rows() + " " + known.role()
                        + ", by the distance of their pixels. Images that are the same would mean that the flow repeats"
                        + " what it has seen.",
                SIDE,
                images);
    }

    /** The images of a table that differ least from one, the nearest first. */
    List<double[]> nearest(double[] image, Table table) {
        double[] distance = new double[table.rows()];
        for (int row = 0; row < distance.length; row++) {
            for (int i = 0; i < image.length; i++) {
                double difference = table.get(row, i) - image[i];
                distance[row] += difference * difference;
            }
        }
        return IntStream.range(0, distance.length)
                .boxed()
                .sorted(Comparator.comparingDouble(row -> distance[row]))
                .limit(NEAREST)
                .map(row -> row(table, row))
                .toList();
    }

    private Map<String, Object> thereAndBack() {
        int count = Math.min(SIDE, real.count());
        Flow flow = input.flow();
        double[] x = real.first(count).encoded();
        double[] back = flow.inverse(flow.forward(x, count), count);
        double largest = IntStream.range(0, x.length)
                .mapToDouble(i -> Math.abs(back[i] - x[i]))
                .max()
                .orElseThrow();
        List<double[]> images = new ArrayList<>(images(x));
        images.addAll(images(back));
        return picture(
                "There and back",
                String.format(
                        Locale.ROOT,
                        "Above real images x, below f⁻¹(f(x)). A flow loses nothing: the largest difference is %.1e, where a"
                                + " pixel goes from 0 to 1.",
                        largest),
                count,
                images);
    }

    /** Straight ways in the latent, between pairs of real images. */
    private Map<String, Object> between() {
        int walks = Math.min(WALKS, real.count() / 2);
        int dimension = encoding.dimension();
        double[] z = input.flow().forward(real.first(2 * walks).encoded(), 2 * walks);
        double[] ways = new double[walks * STEPS * dimension];
        for (int walk = 0; walk < walks; walk++) {
            for (int step = 0; step < STEPS; step++) {
                double part = step / (STEPS - 1.0);
                for (int i = 0; i < dimension; i++) {
                    double from = z[2 * walk * dimension + i];
                    double to = z[(2 * walk + 1) * dimension + i];
                    ways[(walk * STEPS + step) * dimension + i] = from + part * (to - from);
                }
            }
        }
        return picture(
                "Between images",
                "The first and the last of each line are real; between them, the straight way in the latent, drawn back to"
                        + " images.",
                STEPS,
                images(input.flow().inverse(ways, walks * STEPS)));
    }

    private Map<String, Object> temperatures() {
        List<double[]> images = new ArrayList<>();
        StringBuilder lines = new StringBuilder();
        for (double temperature : TEMPERATURES) {
            images.addAll(drawn(SIDE, temperature));
            lines.append(lines.isEmpty() ? "" : ", ").append(temperature);
        }
        return picture(
                "Temperature",
                "The same draws with the latent's spread multiplied by " + lines
                        + ", from above: the smaller, the more typical and the less varied.",
                SIDE,
                images);
    }

    private Map<String, Object> leastLikely() {
        List<Integer> rows = likelihood.leastLikelyRows(SIDE);
        List<double[]> images =
                rows.stream().map(row -> row(likelihood.set().rows(), row)).toList();
        return picture(
                "The least likely images",
                "Of " + likelihood.model().length + " " + likelihood.set().role()
                        + ", those that the flow finds least likely; the first is the least likely.",
                rows.size(),
                images);
    }
}
