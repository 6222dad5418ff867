package dev.millrace.report;

import dev.millrace.Flow;
import dev.millrace.data.AtomicFile;
import dev.millrace.data.Table;
import dev.millrace.data.TableEncoding;
import dev.millrace.train.EpochReport;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.RenderedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.ImageHandlerBase64Encoder;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.apache.batik.svggen.SVGGraphics2DIOException;
import org.w3c.dom.Document;

/**
 * A picture for a paper or a README: panels side by side, written as PNG or SVG. Not safe for several threads at once.
 *
 * <p>Needs no display. The same input gives the same picture on one machine; fonts differ between machines.
 */
public final class Figure {

    private static final int PANEL = 400;
    private static final int FRAME = 260;
    private static final int POINTS = 1500;
    private static final int TRAVELLERS = 250;
    private static final int CELLS = 160;
    private static final int MOST_IN_A_LINE = 4;

    private final List<Panel> panels;
    private final int columns;
    private final int panelWidth;
    private final int panelHeight;

    private Figure(List<Panel> panels, int columns, int panelWidth, int panelHeight) {
        this.panels = List.copyOf(panels);
        this.columns = columns;
        this.panelWidth = panelWidth;
        this.panelHeight = panelHeight;
    }

    /**
     * The learned density as a heat map, and beside it the true one where it is known.
     *
     * @param flow of two dimensions
     * @param names of the two columns
     * @param truth the density that the data really has
     * @param seed of the drawn rows that the window is made to hold
     * @throws IllegalArgumentException if the flow has not two dimensions
     */
    public static Figure density(Flow flow, List<String> names, Optional<RowDensity> truth, long seed) {
        requireTwo(flow);
        Window window = Window.around(0.15, Window.corners(flow.sample(2 * POINTS, seed), Plane.OUTLIERS));
        DensityGrid learned = DensityGrid.of(Plane.density(flow), window, CELLS);
        if (truth.isEmpty()) {
            return new Figure(
                    List.of(Charts.heat("learned density", names, learned, Charts.darkest(learned))), 1, PANEL, PANEL);
        }
        DensityGrid real = DensityGrid.of(truth.get(), window, CELLS);
        double darkest = Charts.darkest(learned, real);
        return new Figure(
                List.of(
                        Charts.heat("learned density", names, learned, darkest),
                        Charts.heat("true density", names, real, darkest)),
                2,
                PANEL,
                PANEL);
    }

    /**
     * Real rows beside rows drawn from the flow, two columns of them.
     *
     * @param real rows of the data; if there are many, a part chosen with the seed is shown
     * @param encoding between the rows of the data and the flow's
     * @param columns which two to show; those that tell most about each other if none are given
     * @param seed of what is drawn
     * @throws IllegalArgumentException if there are fewer than two columns, or none of a given name
     */
    public static Figure samples(Flow flow, TableEncoding encoding, Table real, List<String> columns, long seed) {
        if (encoding.columns().size() < 2) {
            throw new IllegalArgumentException("a scatter plot needs two columns, and the model has one");
        }
        RowCodec codec = new RowCodec.OfTable(encoding, seed);
        Sample some = Sample.of(real, codec, seed, POINTS);
        Sample drawn = Sample.of(flow.sample(some.count(), seed), codec, some.columns());
        List<String> pair =
                columns.isEmpty() ? new Marginals(encoding.columns(), some, drawn).strongestPair() : columns;
        double[] left = two(some, encoding, pair);
        double[] right = two(drawn, encoding, pair);
        Window window = Window.around(0.04, left);
        return new Figure(
                List.of(
                        Charts.scatter("real rows", pair, left, window, Charts.REAL),
                        Charts.scatter("drawn by the flow", pair, right, window, Charts.DRAWN)),
                2,
                PANEL,
                PANEL);
    }

    private static double[] two(Sample sample, TableEncoding encoding, List<String> pair) {
        if (pair.size() != 2) {
            throw new IllegalArgumentException("a scatter plot shows two columns, not " + pair.size());
        }
        double[] two = new double[2 * sample.count()];
        for (int side = 0; side < 2; side++) {
            int column = encoding.names().indexOf(pair.get(side));
            if (column < 0) {
                throw new IllegalArgumentException(
                        "the model has no column " + pair.get(side) + ", but " + String.join(", ", encoding.names()));
            }
            for (int i = 0; i < sample.count(); i++) {
                two[2 * i + side] = sample.raw()[i * sample.columns() + column];
            }
        }
        return two;
    }

    /**
     * Log-likelihood by epoch.
     *
     * @throws IllegalArgumentException if there is no epoch
     */
    public static Figure history(List<EpochReport> history) {
        if (history.isEmpty()) {
            throw new IllegalArgumentException("the model tells nothing of its training");
        }
        double[] train = history.stream().mapToDouble(EpochReport::trainLogProb).toArray();
        double[] validation =
                history.stream().mapToDouble(EpochReport::validationLogProb).toArray();
        return new Figure(List.of(Charts.history(train, validation)), 1, 2 * PANEL, PANEL);
    }

    /**
     * Real rows, and a grid, on their way through the layers from x to z.
     *
     * @param flow of two dimensions
     * @param encoding between the rows of the data and the flow's
     * @param real rows of the data; if there are many, a part chosen with the seed is shown
     * @param frames how many pictures, at least 2: the first, the last and some between
     * @param seed of the choice
     * @throws IllegalArgumentException if the flow has not two dimensions, or there are fewer than two frames
     */
    public static Figure transport(Flow flow, TableEncoding encoding, Table real, int frames, long seed) {
        requireTwo(flow);
        Sample some = Sample.of(real, new RowCodec.OfTable(encoding, seed), seed, TRAVELLERS);
        return transport(flow, some.encoded(), frames);
    }

    /**
     * Points, and a grid, on their way through the layers from x to z.
     *
     * @param flow of two dimensions
     * @param points rows of the flow, one after the other; if there are many, 250 of them are shown, from all over
     * @param frames how many pictures, at least 2: the first, the last and some between
     * @throws IllegalArgumentException if the flow has not two dimensions, or there are fewer than two frames
     */
    public static Figure transport(Flow flow, double[] points, int frames) {
        requireTwo(flow);
        if (frames < 2) {
            throw new IllegalArgumentException("a transport picture has at least 2 frames, not " + frames);
        }
        Transport transport = Transport.of(flow, thinned(points));
        int layers = flow.layers().size();
        int shown = Math.min(frames, layers + 1);
        List<Panel> panels = new ArrayList<>();
        for (int i = 0; i < shown; i++) {
            int frame = (int) Math.round((double) i * layers / (shown - 1));
            panels.add(Charts.frame(title(frame, layers), transport, frame));
        }
        return new Figure(panels, shown <= MOST_IN_A_LINE ? shown : (shown + 1) / 2, FRAME, FRAME);
    }

    /** As many as can be followed by eye, evenly from all. */
    private static double[] thinned(double[] points) {
        int count = points.length / 2;
        if (count <= TRAVELLERS) {
            return points;
        }
        double[] some = new double[2 * TRAVELLERS];
        for (int i = 0; i < TRAVELLERS; i++) {
            System.arraycopy(points, 2 * (int) ((long) i * count / TRAVELLERS), some, 2 * i, 2);
        }
        return some;
    }

    private static String title(int frame, int layers) {
        if (frame == 0) {
            return "x, the data";
        }
        return frame == layers ? "z, the latent" : "after layer " + frame + " of " + layers;
    }

    private static void requireTwo(Flow flow) {
        if (flow.dimension() != 2) {
            throw new IllegalArgumentException("this picture is of a plane, but the model has " + flow.dimension()
                    + " columns; fit one to two of them with --columns, or plot samples");
        }
    }

    /**
     * Writes the picture, atomically: on failure an existing file stays as it was.
     *
     * @param file whose name ends in {@code .png} or {@code .svg}
     * @throws IOException if the file cannot be written
     * @throws IllegalArgumentException if the name ends otherwise
     */
    public void write(Path file) throws IOException {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        if (!name.endsWith(".png") && !name.endsWith(".svg")) {
            throw new IllegalArgumentException(file + ": a picture's name ends in .png or .svg");
        }
        try (AtomicFile atomic = AtomicFile.create(file)) {
            OutputStream out = Channels.newOutputStream(atomic.channel());
            if (name.endsWith(".png")) {
                writePng(out);
            } else {
                writeSvg(out);
            }
            atomic.commit();
        }
    }

    private int width() {
        return columns * panelWidth;
    }

    private int height() {
        return (panels.size() + columns - 1) / columns * panelHeight;
    }

    private void writePng(OutputStream out) throws IOException {
        BufferedImage image = new BufferedImage(width(), height(), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        paint(graphics);
        graphics.dispose();
        ImageIO.write(image, "png", out);
    }

    private void writeSvg(OutputStream out) throws IOException {
        SVGGeneratorContext context = SVGGeneratorContext.createDefault(emptySvg());
        context.setImageHandler(new EmbeddedPng());
        SVGGraphics2D graphics = new SVGGraphics2D(context, false);
        graphics.setSVGCanvasSize(new Dimension(width(), height()));
        paint(graphics);
        Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        graphics.stream(writer, true);
        writer.flush();
    }

    private static Document emptySvg() {
        try {
            return DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .getDOMImplementation()
                    .createDocument("http://www.w3.org/2000/svg", "svg", null);
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("the JDK's own XML has no plain documents", e);
        }
    }

    /** Images inside an SVG, written by the JDK; Batik's own writer is another library. */
    private static final class EmbeddedPng extends ImageHandlerBase64Encoder {
        @Override
        public void encodeImage(RenderedImage image, OutputStream out) throws SVGGraphics2DIOException {
            try {
                ImageIO.write(image, "png", out);
            } catch (IOException e) {
                throw new SVGGraphics2DIOException(e.getMessage(), e);
            }
        }
    }

    private void paint(Graphics2D graphics) {
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, width(), height());
        for (int i = 0; i < panels.size(); i++) {
            int x = i % columns * panelWidth;
            int y = i / columns * panelHeight;
            graphics.translate(x, y);
            panels.get(i).paint(graphics, panelWidth, panelHeight);
            graphics.translate(-x, -y);
        }
    }
}
