package dev.millrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.bijection.Logit;
import dev.millrace.bijection.Shape;
import dev.millrace.distribution.StandardLogistic;
import org.junit.jupiter.api.Test;

class ImageLikelihoodTest {

    private static final ImageLikelihood MNIST = ImageLikelihood.ofBytes(784);

    @Test
    void aUniformDensityTakesAllBits() {
        assertThat(MNIST.bitsPerDimension(0)).isCloseTo(8, within(1e-14));
        assertThat(new ImageLikelihood(64, 17).bitsPerDimension(0))
                .isCloseTo(Math.log(17) / Math.log(2), within(1e-14));
        assertThat(MNIST.pixelUnits(0)).isCloseTo(-784 * Math.log(256), within(1e-11));
    }

    /** NICE's 1980.50 nats are 4.36 bits per dimension, RealNVP's 3.49 on CIFAR-10 9,603.36 nats: by hand. */
    @Test
    void publishedFiguresAreConverted() {
        assertThat(MNIST.bitsPerDimension(1980.50)).isCloseTo(8 - 1980.50 / (784 * Math.log(2)), within(1e-13));
        assertThat(MNIST.bitsPerDimension(1980.50)).isCloseTo(4.3556, within(1e-4));
        assertThat(ImageLikelihood.ofBytes(3072).bitsPerDimension(9603.36)).isCloseTo(3.49, within(1e-5));
        assertThat(MNIST.bitsPerDimensionError(784 * Math.log(2))).isCloseTo(1, within(1e-15));
    }

    /**
     * A logistic density of the logit with α = 0 is uniform in [0, 1], so its density in logit space is that of the
     * logistic.
     */
    @Test
    void theLogitSpaceHasItsOwnDensity() {
        double[] row = {0.2, 0.5, 0.9};
        Flow flow = Flow.of(Logit.of(Shape.of(3), Logit.Variant.SYMMETRIC, 1e-6), new StandardLogistic(3));
        double expected = 0;
        for (double x : row) {
            double u = 1e-6 + (1 - 2e-6) * x;
            expected += Math.log(u * (1 - u));
        }
        ImageLikelihood units = ImageLikelihood.ofBytes(3);
        assertThat(units.logitSpace(flow.logProb(row), row, ImageLikelihood.MAF_MNIST_ALPHA))
                .isCloseTo(expected, within(1e-12));
    }

    /** Appendix E.2 of the MAF paper computes bits per pixel from the logit-space density. */
    @Test
    void theLogitSpaceAgreesWithTheMafPapersBitsPerPixel() {
        double alpha = ImageLikelihood.MAF_MNIST_ALPHA;
        double[] row = {0.01, 0.4, 0.77, 0.999};
        double logProb = 3.2;
        ImageLikelihood units = ImageLikelihood.ofBytes(4);
        double logit = units.logitSpace(logProb, row, alpha);
        double bits = -logit / (4 * Math.log(2)) - Math.log(1 - 2 * alpha) / Math.log(2) + 8;
        for (double x : row) {
            double u = alpha + (1 - 2 * alpha) * x;
            bits += (Math.log(u) + Math.log(1 - u)) / (4 * Math.log(2));
        }
        assertThat(units.bitsPerDimension(logProb)).isCloseTo(bits, within(1e-12));
    }

    @Test
    void impossibleImagesAreErrors() {
        assertThatIllegalArgumentException().isThrownBy(() -> ImageLikelihood.ofBytes(0));
        assertThatIllegalArgumentException().isThrownBy(() -> new ImageLikelihood(4, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MNIST.logitSpace(0, new double[3], 0))
                .withMessageContaining("784");
    }
}
