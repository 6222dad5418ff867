package dev.millrace.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.bijection.Shape;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ImageEncodingTest {

    private static final Shape SHAPE = Shape.of(2, 3, 2);
    private static final int D = 12;

    private final ImageEncoding encoding = ImageEncoding.of(SHAPE);

    /** Some images; entry i of image k is a different byte for each. */
    private static byte[] images(int count) {
        byte[] pixels = new byte[count * D];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (i * 37 + i / D);
        }
        pixels[0] = 0;
        pixels[1] = (byte) 255;
        return pixels;
    }

    private static double[] row(RowSource rows, int row, int epoch) {
        double[] into = new double[D + 2];
        rows.read(row, epoch, into, 1);
        assertThat(into[0]).isZero();
        assertThat(into[D + 1]).isZero();
        return Arrays.copyOfRange(into, 1, D + 1);
    }

    @Test
    void aPixelBecomesANumberInItsInterval() {
        byte[] pixels = images(40);
        RowSource rows = encoding.rows(pixels);
        assertThat(rows.rows()).isEqualTo(40);
        assertThat(rows.dimension()).isEqualTo(D);
        for (int epoch = -1; epoch < 3; epoch++) {
            for (int r = 0; r < 40; r++) {
                double[] row = row(rows, r, epoch);
                for (int i = 0; i < D; i++) {
                    int pixel = Byte.toUnsignedInt(pixels[r * D + i]);
                    assertThat(row[i]).isStrictlyBetween(pixel / 256.0, (pixel + 1) / 256.0);
                }
            }
        }
    }

    /** Over 120,000 numbers: the mean of a uniform one is known to 0.0008, the variance to 0.0002, in 1 of 3 seeds. */
    @Test
    void theNoiseIsUniform() {
        int rows = 10_000;
        RowSource source = encoding.rows(new byte[rows * D]);
        double[] sums = new double[3];
        double[] previous = new double[D];
        for (int r = 0; r < rows; r++) {
            double[] row = row(source, r, 0);
            for (int i = 0; i < D; i++) {
                double u = row[i] * 256 - 0.5;
                sums[0] += u;
                sums[1] += u * u;
                sums[2] += u * previous[i];
                previous[i] = u;
            }
        }
        assertThat(sums[0] / (rows * D)).isCloseTo(0, within(0.003));
        assertThat(sums[1] / (rows * D)).isCloseTo(1 / 12.0, within(0.001));
        assertThat(sums[2] / (rows * D)).isCloseTo(0, within(0.001));
    }

    @Test
    void trainingDrawsAnewInEachEpochAndTheSameWhenAskedAgain() {
        RowSource rows = encoding.rows(images(3));
        assertThat(row(rows, 1, 4)).isEqualTo(row(rows, 1, 4)).isNotEqualTo(row(rows, 1, 5));
        assertThat(row(encoding.seed(2).rows(images(3)), 1, 4)).isNotEqualTo(row(rows, 1, 4));
        RowSource alike = encoding.rows(new byte[2 * D]);
        assertThat(row(alike, 0, 0)).isNotEqualTo(row(alike, 1, 0));
    }

    @Test
    void scoringDependsOnTheImageAlone() {
        byte[] pixels = images(3);
        double[] last = row(encoding.rows(pixels), 2, -1);
        assertThat(row(encoding.rows(Arrays.copyOfRange(pixels, 2 * D, 3 * D)), 0, -1))
                .isEqualTo(last);
        assertThat(row(encoding.seed(2).rows(pixels), 2, -1)).isNotEqualTo(last);
        byte[] changed = pixels.clone();
        changed[3 * D - 1]++;
        assertThat(row(encoding.rows(changed), 2, -1)[0]).isNotEqualTo(last[0]);
    }

    @Test
    void flipsMirrorHalfOfTheTrainingImagesAndNoOthers() {
        byte[] pixels = images(1);
        RowSource plain = encoding.rows(pixels);
        RowSource flipping = encoding.flips(true).rows(pixels);
        byte[] mirrored = new byte[D];
        for (int y = 0; y < 2; y++) {
            for (int x = 0; x < 3; x++) {
                System.arraycopy(pixels, (y * 3 + 2 - x) * 2, mirrored, (y * 3 + x) * 2, 2);
            }
        }
        int flipped = 0;
        for (int epoch = 0; epoch < 1000; epoch++) {
            byte[] seen = new byte[D];
            encoding.decode(row(flipping, 0, epoch), 0, seen, 0);
            if (Arrays.equals(seen, mirrored)) {
                flipped++;
            } else {
                assertThat(seen).isEqualTo(pixels);
            }
        }
        // Five standard deviations of 1,000 coins.
        assertThat(flipped).isBetween(420, 580);
        assertThat(row(flipping, 0, -1)).isEqualTo(row(plain, 0, -1));
    }

    @Test
    void decodingUndoesEncodingAndKeepsToTheLevels() {
        byte[] pixels = new byte[256];
        IntStream.range(0, 256).forEach(i -> pixels[i] = (byte) i);
        ImageEncoding bytes = ImageEncoding.of(Shape.of(16, 16, 1));
        double[] row = new double[256];
        byte[] decoded = new byte[256];
        for (int epoch = 0; epoch < 20; epoch++) {
            bytes.encodeTraining(pixels, 0, epoch, 0, row, 0);
            bytes.decode(row, 0, decoded, 0);
            assertThat(decoded).isEqualTo(pixels);
        }
        byte[] clamped = new byte[D + 1];
        encoding.levels(17)
                .decode(new double[] {9, -0.1, 1.3, 1, 0, 0.5, 1e300, -1e300, 0.99, 0.06, 0, 0, 0}, 1, clamped, 1);
        assertThat(clamped).containsExactly(0, 0, 16, 16, 0, 8, 16, 0, 16, 1, 0, 0, 0);
    }

    @Test
    void whatIsNoImageIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> encoding.rows(new byte[13]))
                .withMessageContaining("13 pixels")
                .withMessageContaining("[2, 3, 2]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> encoding.levels(17).rows(images(2)))
                .withMessageContaining("image 0, entry 1 is 255")
                .withMessageContaining("0 to 16");
        assertThatIllegalArgumentException().isThrownBy(() -> encoding.levels(1));
        assertThatIllegalArgumentException().isThrownBy(() -> encoding.levels(257));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageEncoding.of(Shape.of(28, 28)))
                .withMessageContaining("[28, 28]");
    }
}
