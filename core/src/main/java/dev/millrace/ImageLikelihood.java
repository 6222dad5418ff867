package dev.millrace;

import dev.millrace.bijection.Logit;
import dev.millrace.bijection.Shape;
import dev.millrace.kernel.Memory;

/**
 * The units in which papers report how likely images are. All begin from log p(x) of dequantised images scaled to [0,
 * 1], x = (pixel + u) / levels, in nats: what {@link Flow#logProb} gives for rows in [0, 1], and the unit of NICE's
 * table (Dinh et al., arXiv 1410.8516, section 5.1: 1980.50 for MNIST). All but {@link #logitSpace} are affine, so a mean
 * can be converted like a single image.
 *
 * @param dimension D, entries of an image: height × width × channels
 * @param levels values that a pixel takes, 256 for 8-bit images
 */
public record ImageLikelihood(int dimension, int levels) {

    /** α of the MAF paper's logit space for MNIST; it takes 0.05 for CIFAR-10. */
    public static final double MAF_MNIST_ALPHA = 1e-6;

    private static final double LN_2 = 0.6931471805599453;

    /** @throws IllegalArgumentException if a number is out of its range */
    public ImageLikelihood {
        if (dimension < 1 || levels < 2) {
            throw new IllegalArgumentException("an image has at least 1 entry of 2 levels, not " + dimension
                    + " entries of " + levels + " levels");
        }
    }

    /** Images of bytes. */
    public static ImageLikelihood ofBytes(int dimension) {
        return new ImageLikelihood(dimension, 256);
    }

    /**
     * log p(x) − D·ln(levels), in nats: the density of pixel + u, in the units of the pixels. On average over u a lower
     * bound of the log-probability of the image itself.
     */
    public double pixelUnits(double logProb) {
        return logProb - dimension * Math.log(levels);
    }

    /**
     * −(log p(x) − D·ln(levels)) / (D·ln 2): bits per dimension as in RealNVP's table 1 (Dinh et al., arXiv 1605.08803;
     * Theis et al., arXiv 1511.01844, section 3.1). A uniform density has log₂(levels), 8 for bytes.
     */
    public double bitsPerDimension(double logProb) {
        return -pixelUnits(logProb) / (dimension * LN_2);
    }

    /** The standard error of {@link #bitsPerDimension} from that of log p(x), in nats. */
    public double bitsPerDimensionError(double standardError) {
        return standardError / (dimension * LN_2);
    }

    /**
     * log p of y = logit(α + (1 − 2α)·x), in nats: the MAF paper's unit for images (Papamakarios et al., arXiv
     * 1705.07057, table 2 and appendix D). It is log p(x) minus the log-det of x → y, which is each image's own.
     *
     * @param logProb log p(x)
     * @param row x, in [0, 1]
     * @param alpha in [0, ½): {@link #MAF_MNIST_ALPHA} for MNIST
     * @throws IllegalArgumentException if the row has not D entries, or α is out of its range
     */
    public double logitSpace(double logProb, double[] row, double alpha) {
        if (row.length != dimension) {
            throw new IllegalArgumentException("an image has " + dimension + " entries, not " + row.length);
        }
        double[] logDet = new double[1];
        Logit.of(Shape.of(dimension), Logit.Variant.SYMMETRIC, alpha)
                .pass(1, Memory.shared())
                .forward(1, row, new double[dimension], logDet);
        return logProb - logDet[0];
    }
}
