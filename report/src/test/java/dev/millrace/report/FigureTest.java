package dev.millrace.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.millrace.Flow;
import dev.millrace.data.Table;
import dev.millrace.data.Toy;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;

class FigureTest {

    private static final List<String> XY = List.of("x", "y");

    @TempDir
    Path folder;

    record Case(String name, Figure figure, int width, int height) {}

    static Stream<Case> figures() {
        Table real = Toy.TWO_MOONS.sample(300, 1);
        return Stream.of(
                new Case("density", Figure.density(Fits.moons(), XY, Optional.empty(), 1), 400, 400),
                new Case(
                        "density and truth",
                        Figure.density(Fits.moons(), XY, Fits.moonsInput().truth(), 1),
                        800,
                        400),
                new Case(
                        "samples",
                        Figure.samples(Fits.moons(), Fits.continuous("x", "y"), real, List.of(), 1),
                        800,
                        400),
                new Case("history", Figure.history(Fits.moonsInput().history()), 800, 400),
                new Case("transport", Figure.transport(Fits.moons(), real.values(), 6), 780, 520),
                new Case(
                        "transport of rows",
                        Figure.transport(Fits.moons(), Fits.continuous("x", "y"), real, 6, 1),
                        780,
                        520));
    }

    @ParameterizedTest
    @MethodSource("figures")
    void isWrittenAsPngAndSvg(Case figure) throws Exception {
        Path png = folder.resolve("figure.png");
        Path svg = folder.resolve("figure.SVG");
        figure.figure().write(png);
        figure.figure().write(svg);

        BufferedImage image = ImageIO.read(png.toFile());
        assertThat(image.getWidth()).isEqualTo(figure.width());
        assertThat(image.getHeight()).isEqualTo(figure.height());
        assertThat(colours(image)).as("more than a white page and axes").isGreaterThan(20);

        DocumentBuilder builder = parser();
        Document document = builder.parse(svg.toFile());
        assertThat(document.getDocumentElement().getAttribute("width")).isEqualTo(String.valueOf(figure.width()));
        assertThat(document.getElementsByTagName("path").getLength()
                        + document.getElementsByTagName("image").getLength())
                .as("more than a page and a frame; how many ticks there are depends on the range")
                .isGreaterThan(10);
    }

    /** That does not fetch the DTD which the file names. */
    private static DocumentBuilder parser() throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        return factory.newDocumentBuilder();
    }

    private static long colours(BufferedImage image) {
        return Arrays.stream(image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth()))
                .distinct()
                .count();
    }

    @Test
    void theSameInputGivesTheSamePicture() throws IOException {
        Path first = folder.resolve("first.png");
        Path second = folder.resolve("second.png");
        Figure.transport(Fits.moons(), Toy.TWO_MOONS.sample(100, 1).values(), 3).write(first);
        Figure.transport(Fits.moons(), Toy.TWO_MOONS.sample(100, 1).values(), 3).write(second);

        assertThat(first).hasSameBinaryContentAs(second);
    }

    /** Tables are often sorted. */
    @Test
    void theTransportIsOfRowsFromTheWholeTable() throws IOException {
        Table table = Toy.TWO_MOONS.sample(2000, 1);
        Table start = table.select(IntStream.range(0, 250).toArray());
        Path all = folder.resolve("all.png");
        Path first = folder.resolve("start.png");
        Figure.transport(Fits.moons(), Fits.continuous("x", "y"), table, 2, 1).write(all);
        Figure.transport(Fits.moons(), Fits.continuous("x", "y"), start, 2, 1).write(first);

        assertThat(Files.mismatch(all, first)).isNotEqualTo(-1);
        Figure.transport(Fits.moons(), table.values(), 2).write(all);
        Figure.transport(Fits.moons(), start.values(), 2).write(first);
        assertThat(Files.mismatch(all, first)).isNotEqualTo(-1);
    }

    /** A density that is high on the upper right only must be dark there and white elsewhere. */
    @Test
    void theHeatMapIsTheRightWayUp() throws IOException {
        RowDensity corner = (rows, count) -> {
            double[] logProb = new double[count];
            for (int i = 0; i < count; i++) {
                logProb[i] = rows[2 * i] > 0 && rows[2 * i + 1] > 0 ? 0 : Double.NEGATIVE_INFINITY;
            }
            return logProb;
        };
        BufferedImage image = new BufferedImage(400, 400, BufferedImage.TYPE_INT_RGB);
        DensityGrid grid = DensityGrid.of(corner, new Window(-1, 1, -1, 1), 20);
        Charts.heat("corner", XY, grid, 1).paint(image.createGraphics(), 400, 400);

        assertThat(new Color(image.getRGB(320, 80)).getRed()).isLessThan(60);
        assertThat(new Color(image.getRGB(320, 280)).getRed()).isEqualTo(255);
        assertThat(new Color(image.getRGB(130, 80)).getRed()).isEqualTo(255);
    }

    @Test
    void refusesWhatItCannotDraw() {
        Flow flow = Flow.realNvp(3).couplings(1).hidden(4).build();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Figure.density(flow, List.of("a", "b", "c"), Optional.empty(), 1))
                .withMessageContaining("3 columns");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Figure.transport(flow, new double[30], 4))
                .withMessageContaining("3 columns");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Figure.history(List.of()))
                .withMessageContaining("nothing of its training");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Figure.transport(Fits.moons(), new double[4], 1))
                .withMessageContaining("at least 2 frames");
        Table real = Toy.RINGS.sample(20, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> Figure.samples(Fits.moons(), Fits.continuous("x", "y"), real, List.of("x", "price"), 1))
                .withMessageContaining("price")
                .withMessageContaining("x, y");
        Path file = folder.resolve("figure.gif");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Figure.history(Fits.moonsInput().history()).write(file))
                .withMessageContaining(".png or .svg");
        assertThat(Files.exists(file)).isFalse();
    }
}
