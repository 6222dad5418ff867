package dev.millrace.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The panels of figures, drawn by XChart. */
final class Charts {

    static final Color REAL = new Color(0x2f, 0x6f, 0xb3);
    static final Color DRAWN = new Color(0xd4, 0x73, 0x1f);
    private static final Color INK = new Color(0x1b, 0x24, 0x30);
    private static final Color LINE = new Color(0xdf, 0xe4, 0xea);
    private static final Color GRID = new Color(0x51, 0x67, 0x7f, 80);
    private static final int[] HEAT = {0xffffff, 0xd8eaf4, 0x93c7df, 0x4796bf, 0x1f6399, 0x12305e};

    /** Of a scale of colours, the densest thousandth of cells is beyond the end. */
    private static final double HIGHEST = 0.999;

    private Charts() {}

    private static XYChart chart(String title, String x, String y) {
        XYChart chart =
                new XYChartBuilder().title(title).xAxisTitle(x).yAxisTitle(y).build();
        Font font = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
        chart.getStyler()
                .setChartBackgroundColor(Color.WHITE)
                .setChartFontColor(INK)
                .setPlotBorderColor(LINE)
                .setBaseFont(font)
                .setChartTitleFont(font.deriveFont(Font.BOLD, 13))
                .setChartTitleBoxVisible(false)
                .setLegendVisible(false)
                .setLegendFont(font)
                .setLegendBorderColor(LINE)
                .setPlotContentSize(1);
        chart.getStyler()
                .setAxisTitleFont(font)
                .setAxisTickLabelsFont(font.deriveFont(11f))
                .setPlotGridLinesColor(LINE)
                .setPlotGridLinesStroke(new BasicStroke(1))
                .setPlotMargin(0)
                .setAxisTicksLineVisible(false)
                .setXAxisTickMarkSpacingHint(60)
                .setMarkerSize(3);
        return chart;
    }

    private static void window(XYChart chart, Window window) {
        chart.getStyler().setXAxisMin(window.minX()).setXAxisMax(window.maxX());
        chart.getStyler().setYAxisMin(window.minY()).setYAxisMax(window.maxY());
    }

    private static void points(XYChart chart, String name, double[] x, double[] y, Color color) {
        XYSeries series = chart.addSeries(name, x, y);
        series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
        series.setMarker(SeriesMarkers.CIRCLE).setMarkerColor(color);
    }

    private static void line(XYChart chart, String name, double[] x, double[] y, Color color, float width) {
        XYSeries series = chart.addSeries(name, x, y);
        series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Line);
        series.setMarker(SeriesMarkers.NONE).setLineColor(color).setLineStyle(new BasicStroke(width));
    }

    /** A scatter plot of rows of two columns; rows outside the window are left out. */
    static Panel scatter(String title, List<String> names, double[] rows, Window window, Color color) {
        XYChart chart = chart(title, names.get(0), names.get(1));
        window(chart, window);
        double[] inside = inside(rows, window);
        if (inside.length > 0) {
            points(chart, title, Sample.column(inside, 2, 0), Sample.column(inside, 2, 1), withAlpha(color, 120));
        }
        return chart::paint;
    }

    private static double[] inside(double[] rows, Window window) {
        double[] inside = new double[rows.length];
        int at = 0;
        for (int i = 0; i < rows.length; i += 2) {
            if (window.holds(rows[i], rows[i + 1])) {
                inside[at++] = rows[i];
                inside[at++] = rows[i + 1];
            }
        }
        return Arrays.copyOf(inside, at);
    }

    private static Color withAlpha(Color color, int alpha) {
        return new Color(color.getRed(), color.getGreen(), color.getBlue(), alpha);
    }

    /** A density as a heat map whose darkest colour stands for a density. */
    static Panel heat(String title, List<String> names, DensityGrid grid, double darkest) {
        XYChart chart = chart(title, names.get(0), names.get(1));
        Window window = grid.window();
        window(chart, window);
        chart.getStyler().setPlotGridLinesVisible(false);
        // Without a series XChart draws no axes, and evenly spaced values it makes its ticks; so, others of no colour.
        double[] x = new double[200];
        double[] y = new double[200];
        Arrays.setAll(x, i -> window.minX() + Math.pow(i / 199.0, 1.5) * window.width());
        Arrays.setAll(y, i -> window.minY() + Math.pow(i / 199.0, 1.5) * window.height());
        points(chart, "ticks", x, y, withAlpha(Color.WHITE, 0));
        return (graphics, width, height) -> {
            chart.paint(graphics, width, height);
            int left = (int) Math.round(chart.getScreenXFromChart(window.minX()));
            int right = (int) Math.round(chart.getScreenXFromChart(window.maxX()));
            int top = (int) Math.round(chart.getScreenYFromChart(window.maxY()));
            int bottom = (int) Math.round(chart.getScreenYFromChart(window.minY()));
            graphics.drawImage(image(grid, darkest), left + 1, top + 1, right - left - 1, bottom - top - 1, null);
        };
    }

    /** The density that the darkest colour stands for. */
    static double darkest(DensityGrid... grids) {
        double[] all = Arrays.stream(grids)
                .flatMapToDouble(grid -> Arrays.stream(grid.density()))
                .sorted()
                .toArray();
        return Statistics.quantile(all, HIGHEST);
    }

    private static BufferedImage image(DensityGrid grid, double darkest) {
        int cells = grid.cells();
        BufferedImage image = new BufferedImage(cells, cells, BufferedImage.TYPE_INT_RGB);
        for (int row = 0; row < cells; row++) {
            for (int column = 0; column < cells; column++) {
                double share = darkest > 0 ? Math.min(1, grid.density()[row * cells + column] / darkest) : 0;
                image.setRGB(column, cells - 1 - row, colour(share));
            }
        }
        return image;
    }

    private static int colour(double share) {
        double place = share * (HEAT.length - 1);
        int below = Math.min(HEAT.length - 2, (int) place);
        double part = place - below;
        int colour = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int from = HEAT[below] >> shift & 0xff;
            int to = HEAT[below + 1] >> shift & 0xff;
            colour |= (int) Math.round(from + part * (to - from)) << shift;
        }
        return colour;
    }

    /** Log-likelihood by epoch. */
    static Panel history(double[] train, double[] validation) {
        XYChart chart = chart("Training", "epoch", "log-likelihood, nats a row");
        double[] epochs = new double[train.length];
        Arrays.setAll(epochs, i -> i + 1.0);
        line(chart, "training rows, while they are learned", epochs, train, REAL, 1.6f);
        if (Arrays.stream(validation).noneMatch(Double::isNaN)) {
            line(chart, "validation rows, after each epoch", epochs, validation, DRAWN, 2);
        }
        chart.getStyler().setLegendVisible(true).setLegendPosition(LegendPosition.InsideSE);
        chart.getStyler().setXAxisDecimalPattern("0");
        return chart::paint;
    }

    /** One frame of the transport picture: the bent grid, and points coloured by the direction in which they end. */
    static Panel frame(String title, Transport transport, int frame) {
        XYChart chart = chart(title, "", "");
        Window window = transport.window(frame);
        window(chart, window);
        chart.getStyler().setPlotGridLinesVisible(false);
        chart.getStyler().setAxisTitlesVisible(false);
        chart.getStyler().setMarkerSize(4);
        double[] lines = transport.lines().frames().get(frame);
        int numbers = 2 * Transport.LINE_POINTS;
        for (int line = 0; line * numbers < lines.length; line++) {
            double[] bent = Arrays.copyOfRange(lines, line * numbers, (line + 1) * numbers);
            line(chart, "line " + line, Sample.column(bent, 2, 0), Sample.column(bent, 2, 1), GRID, 0.8f);
        }
        double[] points = transport.points().frames().get(frame);
        double[] ends =
                transport.points().frames().get(transport.points().frames().size() - 1);
        int hues = 36;
        for (int hue = 0; hue < hues; hue++) {
            double[] alike = inside(alike(points, ends, hue, hues), window);
            if (alike.length > 0) {
                Color color = Color.getHSBColor((float) hue / hues, 0.62f, 0.78f);
                points(chart, "hue " + hue, Sample.column(alike, 2, 0), Sample.column(alike, 2, 1), color);
            }
        }
        return (graphics, width, height) -> {
            Graphics2D clipped = (Graphics2D) graphics.create(0, 0, width, height);
            chart.paint(clipped, width, height);
            clipped.dispose();
        };
    }

    private static double[] alike(double[] points, double[] ends, int hue, int hues) {
        double[] alike = new double[points.length];
        int at = 0;
        for (int i = 0; i < points.length; i += 2) {
            double turn = Math.atan2(ends[i + 1], ends[i]) / (2 * Math.PI) + 0.5;
            if ((int) (turn * hues) % hues == hue) {
                alike[at++] = points[i];
                alike[at++] = points[i + 1];
            }
        }
        return Arrays.copyOf(alike, at);
    }
}
