package dev.millrace.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.Flow;
import dev.millrace.NonFiniteException;
import dev.millrace.bijection.Composition;
import dev.millrace.bijection.Logit;
import dev.millrace.bijection.Scaling;
import dev.millrace.bijection.Shape;
import dev.millrace.data.Table;
import dev.millrace.data.Toy;
import dev.millrace.distribution.StandardNormal;
import dev.millrace.kernel.SplitMix;
import dev.millrace.model.Json;
import dev.millrace.net.DoubleTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

    private static final ReportInput MOONS = Fits.moonsInput();
    private static final Report MOONS_REPORT = Report.of(MOONS);

    @TempDir
    Path folder;

    private static Map<?, ?> tree(ReportInput input) {
        return (Map<?, ?>) Json.parse(Report.of(input).toJson());
    }

    private static Object at(Object tree, String... path) {
        Object place = tree;
        for (String key : path) {
            place = ((Map<?, ?>) place).get(key);
        }
        return place;
    }

    @Test
    void likelihoodsAreThoseOfAllHeldOutRows() {
        ReportInput input = MOONS;
        Map<?, ?> tree = (Map<?, ?>) Json.parse(MOONS_REPORT.toJson());
        double[] rows = input.judged().rows().values();
        double[] logProb = new double[1200];
        Fits.moons().logProb(rows, 1200, logProb);
        double gaussian =
                Arrays.stream(Fits.standardNormal(rows, 1200)).average().orElseThrow();
        double mean = Arrays.stream(logProb).average().orElseThrow();

        assertThat(at(tree, "likelihood", "of")).isEqualTo("held-out rows");
        assertThat(at(tree, "likelihood", "rows")).isEqualTo(1200L);
        // Five digits.
        assertThat((Double) at(tree, "likelihood", "model", "mean")).isCloseTo(mean, within(1e-4));
        assertThat((Double) at(tree, "likelihood", "gain", "mean")).isCloseTo(mean - gaussian, within(1e-4));
        assertThat((Double) at(tree, "likelihood", "truth", "mean")).isGreaterThan(mean);
    }

    @Test
    void theLeastLikelyRowsComeFirstWithTheirNumbers() {
        ReportInput input = MOONS;
        List<?> rows = (List<?>) at(Json.parse(MOONS_REPORT.toJson()), "leastLikely");
        double previous = Double.NEGATIVE_INFINITY;
        for (Object row : rows) {
            int number = ((Long) at(row, "number")).intValue();
            double[] values = new double[2];
            input.judged().rows().copyRow(number - 1, values, 0);
            double logProb = Fits.moons().logProb(values);

            assertThat((Double) at(row, "logProb")).isCloseTo(logProb, within(1e-3));
            assertThat(logProb).isGreaterThanOrEqualTo(previous);
            previous = logProb;
        }
        assertThat(rows).hasSize(10);
        double worst = (Double) at(rows.get(9), "logProb");
        double[] all = new double[1200];
        Fits.moons().logProb(input.judged().rows().values(), 1200, all);
        assertThat(Arrays.stream(all).filter(logProb -> logProb <= worst + 1e-4))
                .hasSizeBetween(10, 11);
    }

    @Test
    void aFlowMayDrawWhatIsRoundedToTheEdgeOfItsLogit() {
        Scaling scaling = Scaling.create(3);
        Arrays.fill(((DoubleTensor) scaling.state().get("logScale")).data(), -4);
        scaling.parametersChanged();
        Logit logit = Logit.of(Shape.of(3), Logit.Variant.SYMMETRIC, 0.05);
        Flow flow = Flow.of(new Composition(List.of(logit, scaling)), new StandardNormal(3));
        SplitMix random = new SplitMix(1);
        double[] values = new double[600];
        Arrays.setAll(values, i -> random.nextDouble());
        Table rows = Table.of(List.of("a", "b", "c"), values);
        // Otherwise there would be nothing to see here.
        assertThatThrownBy(() -> flow.logProb(flow.sample(200, 1), 200, new double[200]))
                .isInstanceOf(NonFiniteException.class);

        Map<?, ?> tree = tree(new ReportInput(
                "edges",
                flow,
                Fits.continuous("a", "b", "c"),
                1,
                List.of(),
                List.of(Fits.set(RowSet.Role.TEST, rows)),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Optional.empty()));

        assertThat((List<?>) at(tree, "logProb", "sets")).hasSize(2);
    }

    @Test
    void theSameInputGivesTheSamePage() {
        assertThat(Report.of(Fits.moonsInput()).toHtml()).isEqualTo(MOONS_REPORT.toHtml());
    }

    @Test
    void nothingIsFetched() {
        String html = MOONS_REPORT.toHtml();
        // Outside of scripts, whose text names namespaces and homepages.
        String markup = html.replaceAll("(?s)<script.*?</script>", "");

        assertThat(markup).doesNotContain("http://", "https://", "src=", "url(", "@import");
        assertThat(html).contains("default-src 'none'");
        assertThat(html).doesNotContain("{{");
    }

    @Test
    void textOfTheDataIsNotMarkup() {
        String name = "<script>alert(1)</script>";
        Table rows = Table.of(
                List.of(name, "b\u2028</script>{{script}}"),
                Toy.CIRCLES.sample(300, 1).values());
        ReportInput input = Fits.untrained(
                "</title>" + name,
                Fits.continuous(rows.columns().toArray(String[]::new)),
                Fits.set(RowSet.Role.GIVEN, rows));
        String html = Report.of(input).toHtml();

        assertThat(html).doesNotContain("<script>alert", "</title><script>").contains("&lt;script&gt;alert(1)");
        assertThat(html.split("</script>", -1)).hasSize(4);
        String embedded = html.substring(html.indexOf("application/json\">") + 18, html.indexOf("</script>"));
        assertThat(at(Json.parse(embedded), "model", "columns")).isEqualTo(rows.columns());
    }

    @Test
    void manyRowsAreSampledAndThePageSaysSo() {
        Table many = Toy.SPIRALS.sample(60_000, 1);
        ReportInput input = Fits.untrained("many", Fits.continuous("x", "y"), Fits.set(RowSet.Role.GIVEN, many));
        Report report = Report.of(input);
        Object tree = Json.parse(report.toJson());

        assertThat(at(tree, "sampling", "shown")).isEqualTo(5000L);
        assertThat(at(tree, "sampling", "of")).isEqualTo(60_000L);
        assertThat(at(tree, "sampling", "seed")).isEqualTo(1L);
        assertThat(at(tree, "likelihood", "rows")).isEqualTo(60_000L);
        // The libraries are half a megabyte; the rest does not grow with the rows.
        assertThat(report.toHtml().length()).isLessThan(1_500_000);
    }

    @Test
    void aSampleIsSeededInOrderAndFair() {
        Table rows = Table.of(List.of("n"), upTo(1000));
        Sample sample = Sample.of(rows, new RowCodec.OfTable(Fits.continuous("n"), 1), 7, 100);

        assertThat(sample.raw()).isSorted().doesNotHaveDuplicates().hasSize(100);
        assertThat(Sample.of(rows, new RowCodec.OfTable(Fits.continuous("n"), 1), 7, 100)
                        .raw())
                .isEqualTo(sample.raw());
        assertThat(Sample.of(rows, new RowCodec.OfTable(Fits.continuous("n"), 1), 8, 100)
                        .raw())
                .isNotEqualTo(sample.raw());
        assertThat(Sample.of(rows, new RowCodec.OfTable(Fits.continuous("n"), 1), 7, 5000)
                        .raw())
                .isEqualTo(rows.values());
        // The mean of 100 of 1000 numbers: standard error 27.
        assertThat(Statistics.mean(sample.raw())).isCloseTo(499.5, within(100.0));
    }

    private static double[] upTo(int n) {
        double[] numbers = new double[n];
        Arrays.setAll(numbers, i -> i);
        return numbers;
    }

    @Test
    void theMostTellingColumnsAndPairsComeFirst() {
        int rows = 1500;
        double[] values = new double[rows * 4];
        SplitMix random = new SplitMix(1);
        for (int row = 0; row < rows; row++) {
            double u = random.nextDouble();
            values[4 * row] = random.nextDouble();
            values[4 * row + 1] = u;
            values[4 * row + 2] = random.nextDouble();
            values[4 * row + 3] = u * u;
        }
        Table table = Table.of(List.of("a", "b", "c", "b squared"), values);
        Map<?, ?> tree = tree(Fits.untrained(
                "pairs", Fits.continuous("a", "b", "c", "b squared"), Fits.set(RowSet.Role.GIVEN, table)));
        List<?> pairs = (List<?>) tree.get("pairs");

        assertThat(pairs).hasSize(6);
        assertThat(at(pairs.get(0), "x")).isEqualTo("b");
        assertThat(at(pairs.get(0), "y")).isEqualTo("b squared");
        assertThat(((List<?>) tree.get("marginals"))
                        .stream().map(column -> (Double) at(column, "distance")).toList())
                .isSortedAccordingTo((a, b) -> Double.compare(b, a));
        assertThat(tree.containsKey("plane")).isFalse();
    }

    @Test
    void oneColumnAndOneRowAreEnough() {
        Table one = Table.of(List.of("x"), new double[] {3});
        Map<?, ?> tree = tree(Fits.untrained("one", Fits.continuous("x"), Fits.set(RowSet.Role.GIVEN, one)));

        assertThat(at(tree, "likelihood", "model", "error")).isNull();
        assertThat((List<?>) tree.get("pairs")).isEmpty();
    }

    @Test
    void aFileIsReplacedAsAWholeOrNotAtAll() throws IOException {
        Path file = Files.writeString(folder.resolve("report.html"), "before");
        Report report = MOONS_REPORT;

        report.write(file);
        assertThat(file).content().isEqualTo(report.toHtml());
        assertThatThrownBy(() -> report.write(folder.resolve("nowhere/report.html")))
                .isInstanceOf(IOException.class);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void refusesRowsThatDoNotFit() {
        RowSet set = Fits.set(RowSet.Role.GIVEN, Toy.RINGS.sample(5, 1));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Fits.untrained("wrong", Fits.continuous("x", "y", "z"), set))
                .withMessageContaining("dimension 3")
                .withMessageContaining("2 columns");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Fits.untrained("none", Fits.continuous("x", "y")))
                .withMessageContaining("no rows");
    }
}
