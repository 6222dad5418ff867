package dev.millrace.bench.compare;

import dev.millrace.bench.Spread;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.knowm.xchart.AnnotationLine;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.CategorySeries.CategorySeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** How many times better Millrace is: a column for each measure, with a dot for each peer, memory last. */
final class AdvantageChart {

    private static final int WIDTH = 1500;
    private static final int HEIGHT = 900;
    private static final int TURNED = 90;
    private static final int DOT = 9;

    /** Okabe and Ito's, which the colour-blind can tell apart. */
    private static final Color[] COLOURS = Stream.of(
                    0x0072b2, 0xe69f00, 0x009e73, 0xd55e00, 0xcc79a7, 0x56b4e9, 0x000000)
            .map(Color::new)
            .toArray(Color[]::new);

    private AdvantageChart() {}

    /** Draws a PNG; nothing if there is nothing to compare. */
    static void write(List<Comparison> all, Path file) throws IOException {
        List<Comparison> comparisons = all.stream()
                .filter(comparison -> comparison.lines().stream()
                        .anyMatch(line -> line.advantage().isPresent()))
                .sorted(Comparator.comparing(comparison -> comparison.measure().endsWith("MB")))
                .toList();
        if (comparisons.isEmpty()) {
            return;
        }
        List<String> names = comparisons.stream()
                .map(comparison -> comparison.work() + ": " + comparison.measure())
                .toList();
        CategoryChart chart = new CategoryChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title("How many times better Millrace is, median of rounds (1: equal)")
                .build();
        double[] medians = comparisons.stream()
                .flatMap(comparison -> comparison.lines().stream())
                .flatMap(line -> line.advantage().stream())
                .mapToDouble(Spread::median)
                .sorted()
                .toArray();
        chart.getStyler()
                .setDefaultSeriesRenderStyle(CategorySeriesRenderStyle.Scatter)
                .setOverlapped(true)
                .setYAxisLogarithmic(true)
                .setYAxisMin(Math.pow(10, Math.floor(Math.log10(Math.min(1, medians[0])))))
                .setYAxisMax(Math.pow(10, Math.ceil(Math.log10(Math.max(10, medians[medians.length - 1])))))
                .setXAxisLabelRotation(TURNED)
                .setXAxisTickMarkSpacingHint(1)
                .setMarkerSize(DOT)
                .setSeriesColors(COLOURS)
                .setSeriesMarkers(new Marker[] {SeriesMarkers.CIRCLE})
                .setChartBackgroundColor(Color.WHITE)
                .setLegendPosition(LegendPosition.OutsideE);
        comparisons.stream()
                .flatMap(comparison -> comparison.lines().stream())
                .filter(line -> line.advantage().isPresent())
                .map(Comparison.Line::program)
                .distinct()
                .forEach(peer -> chart.addSeries(
                        peer,
                        names,
                        comparisons.stream()
                                .map(comparison -> advantage(comparison, peer))
                                .toList()));
        chart.addAnnotation(new AnnotationLine(1, false, false));
        chart.getStyler().setAnnotationLineColor(Color.GRAY).setAnnotationLineStroke(new BasicStroke(1));
        BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        chart.paint(picture.createGraphics(), WIDTH, HEIGHT);
        ImageIO.write(picture, "png", file.toFile());
    }

    /** Not a number where the peer has no such value: no dot. */
    private static double advantage(Comparison comparison, String peer) {
        return comparison.lines().stream()
                .filter(line -> line.program().equals(peer))
                .map(Comparison.Line::advantage)
                .flatMap(Optional::stream)
                .mapToDouble(Spread::median)
                .findFirst()
                .orElse(Double.NaN);
    }
}
