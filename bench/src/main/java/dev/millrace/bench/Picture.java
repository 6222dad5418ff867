package dev.millrace.bench;

import dev.millrace.data.ReadOptions;
import dev.millrace.data.ReadResult;
import dev.millrace.data.TableEncoding;
import dev.millrace.data.TableReader;
import dev.millrace.model.Model;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * The picture of the README: real rows beside drawn ones, two columns of a table at a time. Arguments: a model, the
 * table it was trained on, the picture to write, and pairs of columns such as {@code voltage,global_active_power}.
 */
public final class Picture {

    private static final int POINTS = 5000;
    private static final int SIZE = 420;

    private Picture() {}

    /** Draws and writes the picture. */
    public static void main(String[] arguments) throws IOException {
        Model model = Model.read(Path.of(arguments[0]));
        TableEncoding encoding = TableEncoding.fromTree(model.encoding());
        ReadResult real =
                new TableReader(ReadOptions.defaults().withModelColumns(encoding.names())).read(Path.of(arguments[1]));
        int dimension = encoding.names().size();
        int count = Math.min(POINTS, real.table().rows());
        double[] drawn = model.flow().sample(count, 1);
        double[] some = new double[count * dimension];
        for (int row = 0; row < count; row++) {
            encoding.decode(drawn, row * dimension);
            real.table().copyRow((int) ((long) row * real.table().rows() / count), some, row * dimension);
        }
        List<String> pairs = List.of(arguments).subList(3, arguments.length);
        BufferedImage picture = new BufferedImage(2 * SIZE, pairs.size() * SIZE, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        for (int i = 0; i < pairs.size(); i++) {
            String[] names = pairs.get(i).split(",");
            int x = encoding.names().indexOf(names[0]);
            int y = encoding.names().indexOf(names[1]);
            Bounds bounds = Bounds.of(some, dimension, x, y);
            XYChart left = chart("real rows", names, some, dimension, x, y, bounds, new Color(31, 119, 180, 60));
            XYChart right =
                    chart("drawn by the flow", names, drawn, dimension, x, y, bounds, new Color(214, 39, 40, 60));
            left.paint(graphics, SIZE, SIZE);
            graphics.translate(SIZE, 0);
            right.paint(graphics, SIZE, SIZE);
            graphics.translate(-SIZE, SIZE);
        }
        ImageIO.write(picture, "png", new File(arguments[2]));
    }

    private record Bounds(double minX, double maxX, double minY, double maxY) {

        static Bounds of(double[] rows, int dimension, int x, int y) {
            double[] bounds = {
                Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY
            };
            for (int at = 0; at < rows.length; at += dimension) {
                bounds[0] = Math.min(bounds[0], rows[at + x]);
                bounds[1] = Math.max(bounds[1], rows[at + x]);
                bounds[2] = Math.min(bounds[2], rows[at + y]);
                bounds[3] = Math.max(bounds[3], rows[at + y]);
            }
            return new Bounds(bounds[0], bounds[1], bounds[2], bounds[3]);
        }
    }

    private static XYChart chart(
            String title, String[] names, double[] rows, int dimension, int x, int y, Bounds bounds, Color colour) {
        XYChart chart = new XYChartBuilder()
                .width(SIZE)
                .height(SIZE)
                .title(title)
                .xAxisTitle(names[0])
                .yAxisTitle(names[1])
                .build();
        chart.getStyler().setDefaultSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
        chart.getStyler().setLegendVisible(false);
        chart.getStyler().setMarkerSize(3);
        chart.getStyler().setXAxisMin(bounds.minX).setXAxisMax(bounds.maxX);
        chart.getStyler().setYAxisMin(bounds.minY).setYAxisMax(bounds.maxY);
        chart.getStyler().setChartBackgroundColor(Color.WHITE);
        double[] xs = new double[rows.length / dimension];
        double[] ys = new double[xs.length];
        for (int row = 0; row < xs.length; row++) {
            xs[row] = Math.min(bounds.maxX, Math.max(bounds.minX, rows[row * dimension + x]));
            ys[row] = Math.min(bounds.maxY, Math.max(bounds.minY, rows[row * dimension + y]));
        }
        chart.addSeries(title, xs, ys).setMarker(SeriesMarkers.CIRCLE).setMarkerColor(colour);
        return chart;
    }
}
