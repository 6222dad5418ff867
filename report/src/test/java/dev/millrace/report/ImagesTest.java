package dev.millrace.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.ImageLikelihood;
import dev.millrace.bijection.Shape;
import dev.millrace.data.Table;
import dev.millrace.model.Json;
import dev.millrace.train.ImageEncoding;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ImagesTest {

    private static final ReportInput INPUT = Fits.imagesInput();

    private static Images images() {
        Sample real = Sample.of(INPUT.judged().rows(), INPUT.codec(), 1, 50);
        return new Images(INPUT, INPUT.images().orElseThrow(), real, Likelihood.of(INPUT, INPUT.judged()));
    }

    @Test
    void pixelsComeBack() {
        RowCodec codec = INPUT.codec();
        double[] pixels = INPUT.judged().rows().values().clone();
        double[] rows = pixels.clone();

        codec.encode(rows);
        assertThat(Arrays.stream(rows).min().orElseThrow()).isGreaterThan(0);
        assertThat(Arrays.stream(rows).max().orElseThrow()).isLessThan(1);
        codec.decode(rows);
        assertThat(rows).isEqualTo(pixels);
    }

    @Test
    void bitsPerDimensionAreThoseOfEveryHeldOutImage() {
        ImageEncoding encoding = INPUT.images().orElseThrow();
        double[] rows = INPUT.judged().rows().values().clone();
        INPUT.codec().encode(rows);
        double[] logProb = new double[50];
        INPUT.flow().logProb(rows, 50, logProb);
        double mean = Arrays.stream(logProb).average().orElseThrow();

        double expected = new ImageLikelihood(encoding.dimension(), 256).bitsPerDimension(mean);
        // Five digits.
        assertThat((Double) images().toTree().get("bitsPerDim")).isCloseTo(expected, within(1e-4 * expected));
    }

    @Test
    void anImageThatIsKnownIsItsOwnNearest() {
        Table known = INPUT.sets().get(0).rows();
        double[] seventh = Arrays.copyOfRange(known.values(), 7 * 90, 8 * 90);
        List<double[]> nearest = images().nearest(seventh, known);

        assertThat(nearest).hasSize(3);
        assertThat(nearest.get(0)).isEqualTo(seventh);
        assertThat(distance(nearest.get(1), seventh)).isLessThanOrEqualTo(distance(nearest.get(2), seventh));
    }

    private static double distance(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return sum;
    }

    @Test
    void aGridShowsPixelsWhereTheyAre() {
        double[] red = {255, 0, 0, 10, 20, 30};
        double[] other = {1, 2, 3, 4, 5, 6};
        BufferedImage coloured = new ImageGrid(Shape.of(1, 2, 3), 256, 2, List.of(red, other)).picture();

        assertThat(coloured.getWidth()).isEqualTo(5);
        assertThat(coloured.getRGB(0, 0)).isEqualTo(0xffff0000);
        assertThat(coloured.getRGB(1, 0)).isEqualTo(0xff0a141e);
        assertThat(coloured.getRGB(2, 0) >>> 24)
                .as("transparent between images")
                .isZero();
        assertThat(coloured.getRGB(4, 0)).isEqualTo(0xff040506);

        // Of two levels, the upper is white.
        BufferedImage gray = new ImageGrid(Shape.of(2, 1, 1), 2, 1, List.of(new double[] {0, 1})).picture();
        assertThat(gray.getRGB(0, 0)).isEqualTo(0xff000000);
        assertThat(gray.getRGB(0, 1)).isEqualTo(0xffffffff);
    }

    @Test
    void theReportHasAllPicturesAndSaysOfHowMany() {
        Map<?, ?> tree = (Map<?, ?>) Json.parse(Report.of(INPUT).toJson());
        List<?> pictures = (List<?>) ((Map<?, ?>) tree.get("images")).get("pictures");

        assertThat(pictures).hasSize(6).allSatisfy(picture -> assertThat((String) ((Map<?, ?>) picture).get("picture"))
                .startsWith("data:image/png;base64,"));
        assertThat(tree.containsKey("marginals")).isFalse();
        assertThat(Json.write(tree.get("model"))).contains("{\"name\":\"training rows\",\"rows\":5000}");
    }
}
