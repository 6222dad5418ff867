package dev.millrace;

import dev.millrace.bijection.Bijection;
import dev.millrace.bijection.Composition;
import dev.millrace.bijection.Coupling;
import dev.millrace.bijection.Partition;
import dev.millrace.distribution.StandardNormal;
import dev.millrace.kernel.SplitMix;
import dev.millrace.net.ResidualConv;
import dev.millrace.net.ResidualConvSettings;
import dev.millrace.transformer.Affine;
import dev.millrace.transformer.LogScale;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Small random images, and flows with convolutional couplings over them. */
public final class Textures {

    private static final double NOISE = 0.1;

    private Textures() {}

    /** Images of a plane wave of random direction, length and phase, with some noise. */
    public static double[] waves(int images, int side, long seed) {
        SplitMix random = new SplitMix(seed);
        double[] values = new double[images * side * side];
        for (int at = 0; at < values.length; ) {
            double kx = 2 * random.nextDouble() - 1;
            double ky = 2 * random.nextDouble() - 1;
            double phase = 2 * Math.PI * random.nextDouble();
            for (int y = 0; y < side; y++) {
                for (int x = 0; x < side; x++) {
                    double noise = random.nextDouble() + random.nextDouble() + random.nextDouble() - 1.5;
                    values[at++] = Math.sin(kx * x + ky * y + phase) + 2 * NOISE * noise;
                }
            }
        }
        return values;
    }

    /** A flow of affine checkerboard couplings in turn, over images of one channel. */
    public static Flow checkerboards(int couplings, int height, int width, int features, int blocks) {
        Bijection[] layers = IntStream.range(0, couplings)
                .mapToObj(i -> checkerboard(height, width, i % 2, features, blocks, i))
                .toArray(Bijection[]::new);
        return Flow.of(Composition.of(layers), new StandardNormal(height * width));
    }

    private static Coupling checkerboard(int height, int width, int parity, int features, int blocks, long seed) {
        int[] untouched = pixels(height, width, parity);
        int[] transformed = pixels(height, width, 1 - parity);
        int[] parameters = IntStream.concat(
                        Arrays.stream(transformed).map(pixel -> 2 * pixel),
                        Arrays.stream(transformed).map(pixel -> 2 * pixel + 1))
                .toArray();
        ResidualConvSettings settings =
                new ResidualConvSettings(height, width, 1, untouched, 2, parameters, features, blocks, true);
        return Coupling.of(
                Partition.untouched(height * width, untouched),
                ResidualConv.create(settings, seed),
                Affine.create(transformed.length, LogScale.TANH));
    }

    private static int[] pixels(int height, int width, int parity) {
        return IntStream.range(0, height * width)
                .filter(i -> (i / width + i % width) % 2 == parity)
                .toArray();
    }
}
