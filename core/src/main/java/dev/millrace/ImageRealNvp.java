package dev.millrace;

import dev.millrace.RealNvp.Normalisation;
import dev.millrace.bijection.ActNorm;
import dev.millrace.bijection.BatchNorm;
import dev.millrace.bijection.Bijection;
import dev.millrace.bijection.Channels;
import dev.millrace.bijection.Composition;
import dev.millrace.bijection.Coupling;
import dev.millrace.bijection.FactorOut;
import dev.millrace.bijection.Logit;
import dev.millrace.bijection.Partition;
import dev.millrace.bijection.Shape;
import dev.millrace.bijection.Squeeze;
import dev.millrace.distribution.StandardNormal;
import dev.millrace.kernel.SplitMix;
import dev.millrace.net.ResidualConv;
import dev.millrace.net.ResidualConvSettings;
import dev.millrace.transformer.Affine;
import dev.millrace.transformer.LogScale;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * The multi-scale RealNVP for images whose entries lie in [0, 1] (Dinh et al., arXiv 1605.08803, section 3.6): a logit;
 * at each scale 3 checkerboard couplings, a squeeze and 3 channel-wise couplings, after which half the variables are
 * factored out; at the last scale 4 checkerboard couplings; a standard normal. The networks' features double where
 * images are halved. An immutable description; {@link #build()} makes the flow.
 *
 * <p>Every scale but the last halves the image, whose height and width must be even for that; nothing is padded: 32 × 32
 * has the scales 32, 16, 8, 4 and so on, 28 × 28 only 28, 14 and 7, and 27 × 27 just one.
 *
 * <p>The defaults are the paper's for CIFAR-10 (section 4.1): 64 features, 8 blocks, 2 scales. For other data it goes
 * down to 4 × 4 ({@link #deepest}), with 32 features and 4 blocks at 32 × 32 or 2 blocks at 64 × 64. It trains with Adam
 * in batches of 64.
 *
 * @param height rows of pixels
 * @param width pixels of a row
 * @param channels of a pixel, at least 1
 * @param features channels of the networks of the first checkerboard couplings, at least 1
 * @param blocks residual blocks of each network, at least 1
 * @param scales at least 1
 * @param variant of the logit; the official code's is symmetric
 * @param alpha of the logit; the official code's 0.05
 * @param logScale how log-scales are bounded; the official code's tanh
 * @param normalisation of what a coupling has transformed, channel by channel
 * @param seed decides the first weights
 */
public record ImageRealNvp(
        int height,
        int width,
        int channels,
        int features,
        int blocks,
        int scales,
        Logit.Variant variant,
        double alpha,
        LogScale logScale,
        Normalisation normalisation,
        long seed) {

    private static final int COUPLINGS = 3;
    private static final int LAST_COUPLINGS = 4;

    /** The paper's deepest scale has sides of this length. */
    private static final int SMALLEST_SIDE = 4;

    /** @throws IllegalArgumentException if a number is out of its range, or the image has not so many scales */
    public ImageRealNvp {
        Objects.requireNonNull(logScale, "logScale");
        Objects.requireNonNull(normalisation, "normalisation");
        // Which checks its variant and alpha.
        Logit.of(Shape.of(height, width, channels), variant, alpha);
        if (features < 1 || blocks < 1 || scales < 1) {
            throw new IllegalArgumentException("a flow needs at least 1 feature, 1 block and 1 scale, not " + features
                    + ", " + blocks + " and " + scales);
        }
        for (int scale = 1; scale < scales; scale++) {
            int rows = height >> scale - 1;
            int columns = width >> scale - 1;
            if (rows % 2 != 0 || columns % 2 != 0) {
                throw new IllegalArgumentException("images of " + height + " × " + width + " have at most " + scale
                        + " scales, not " + scales + ": " + rows + " × " + columns + " cannot be halved");
            }
        }
        if ((height >> scales - 1) * (width >> scales - 1) < 2) {
            throw new IllegalArgumentException("images of " + height + " × " + width + " have fewer scales than "
                    + scales + ": at the last, a checkerboard needs at least 2 pixels");
        }
    }

    static ImageRealNvp of(int height, int width, int channels) {
        return new ImageRealNvp(
                height,
                width,
                channels,
                64,
                8,
                Math.min(2, deepest(height, width)),
                Logit.Variant.SYMMETRIC,
                0.05,
                LogScale.TANH,
                Normalisation.BATCH_NORM,
                1);
    }

    /** How many scales there are down to 4 × 4, or as far as sides are even. */
    public static int deepest(int height, int width) {
        int scales = 1;
        while (height % 2 == 0 && width % 2 == 0 && Math.min(height, width) / 2 >= SMALLEST_SIDE) {
            height /= 2;
            width /= 2;
            scales++;
        }
        return scales;
    }

    /** This description with all scales, but 16 features and 1 block: small images train in minutes. */
    public ImageRealNvp small() {
        return features(16).blocks(1).scales(deepest(height, width));
    }

    /** This description with other features. */
    public ImageRealNvp features(int features) {
        return new ImageRealNvp(
                height, width, channels, features, blocks, scales, variant, alpha, logScale, normalisation, seed);
    }

    /** This description with other residual blocks. */
    public ImageRealNvp blocks(int blocks) {
        return new ImageRealNvp(
                height, width, channels, features, blocks, scales, variant, alpha, logScale, normalisation, seed);
    }

    /** This description with other scales. */
    public ImageRealNvp scales(int scales) {
        return new ImageRealNvp(
                height, width, channels, features, blocks, scales, variant, alpha, logScale, normalisation, seed);
    }

    /** This description with another logit. */
    public ImageRealNvp logit(Logit.Variant variant, double alpha) {
        return new ImageRealNvp(
                height, width, channels, features, blocks, scales, variant, alpha, logScale, normalisation, seed);
    }

    /** This description with other bounding of the log-scale. */
    public ImageRealNvp logScale(LogScale logScale) {
        return new ImageRealNvp(
                height, width, channels, features, blocks, scales, variant, alpha, logScale, normalisation, seed);
    }

    /** This description with other normalisation. */
    public ImageRealNvp normalisation(Normalisation normalisation) {
        return new ImageRealNvp(
                height, width, channels, features, blocks, scales, variant, alpha, logScale, normalisation, seed);
    }

    /** This description with other seed. */
    public ImageRealNvp seed(long seed) {
        return new ImageRealNvp(
                height, width, channels, features, blocks, scales, variant, alpha, logScale, normalisation, seed);
    }

    /** The flow with new weights. */
    public Flow build() {
        Shape image = Shape.of(height, width, channels);
        int dimension = image.size();
        SplitMix random = new SplitMix(seed);
        List<Bijection> layers = new ArrayList<>();
        layers.add(Logit.of(Shape.of(dimension), variant, alpha));
        for (int scale = 1; scale < scales; scale++) {
            int scaleFeatures = features << scale - 1;
            addCheckerboards(COUPLINGS, image, dimension, scaleFeatures, random, layers);
            Squeeze squeeze = Squeeze.of(image, Squeeze.Order.PLAIN, dimension);
            layers.add(squeeze);
            addChannelwise(squeeze.squeezed(), dimension, 2 * scaleFeatures, random, layers);
            layers.add(squeeze.inverted());
            Squeeze ordered = Squeeze.of(image, Squeeze.Order.CHECKERBOARD, dimension);
            layers.add(ordered);
            FactorOut factorOut = FactorOut.of(ordered.squeezed(), dimension);
            layers.add(factorOut);
            image = factorOut.remaining();
        }
        addCheckerboards(LAST_COUPLINGS, image, dimension, features << scales - 1, random, layers);
        return Flow.of(new Composition(layers), new StandardNormal(dimension));
    }

    /** The networks see whole images, in which the other pixels are zero, and which pixels those are. */
    private void addCheckerboards(
            int count, Shape image, int dimension, int features, SplitMix random, List<Bijection> layers) {
        int pixelChannels = image.lengths().get(2);
        for (int i = 0; i < count; i++) {
            // As in the official code, the even pixels come first.
            Partition board = Partition.checkerboard(image);
            Partition partition = i % 2 == 0 ? board.exchanged() : board;
            ResidualConvSettings network = new ResidualConvSettings(
                    image.lengths().get(0),
                    image.lengths().get(1),
                    pixelChannels,
                    partition.untouched(),
                    2 * pixelChannels,
                    parameters(partition.transformed(), pixelChannels),
                    features,
                    blocks,
                    true);
            addCoupling(partition.within(dimension), network, pixelChannels, random, layers);
        }
    }

    /** The networks see images of half the channels. */
    private void addChannelwise(Shape image, int dimension, int features, SplitMix random, List<Bijection> layers) {
        int half = image.lengths().get(2) / 2;
        int[] positions = IntStream.range(0, image.size() / 2).toArray();
        for (int i = 0; i < COUPLINGS; i++) {
            Partition halves = Partition.firstChannels(image);
            Partition partition = i % 2 == 0 ? halves : halves.exchanged();
            ResidualConvSettings network = new ResidualConvSettings(
                    image.lengths().get(0),
                    image.lengths().get(1),
                    half,
                    positions,
                    2 * half,
                    parameters(positions, half),
                    features,
                    blocks,
                    false);
            addCoupling(partition.within(dimension), network, half, random, layers);
        }
    }

    /** Where a network's image has the shifts of some entries, then their log-scales: as further channels. */
    private static int[] parameters(int[] entries, int channels) {
        IntStream shifts = IntStream.of(entries).map(entry -> entry / channels * 2 * channels + entry % channels);
        IntStream logScales =
                IntStream.of(entries).map(entry -> (entry / channels * 2 + 1) * channels + entry % channels);
        return IntStream.concat(shifts, logScales).toArray();
    }

    private void addCoupling(
            Partition partition,
            ResidualConvSettings network,
            int pixelChannels,
            SplitMix random,
            List<Bijection> layers) {
        int[] transformed = partition.transformed();
        layers.add(Coupling.of(
                partition,
                ResidualConv.create(network, random.nextLong()),
                Affine.create(transformed.length, logScale)));
        Channels output = Channels.of(partition.dimension(), transformed, pixelChannels);
        switch (normalisation) {
            case NONE -> {}
            case ACT_NORM -> layers.add(ActNorm.create(output));
            case BATCH_NORM -> layers.add(BatchNorm.create(output));
        }
    }
}
