package dev.millrace.data;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Distributions of two columns on which one can see a density model learn: the field's classic pictures, each with its
 * exact density. Immutable, and safe for many threads.
 *
 * <p>Shapes and sizes follow scikit-learn's {@code make_moons} and the toy data of Grathwohl et al., "FFJORD" (2019);
 * where those have no density in closed form (noise that is not Gaussian, a twist that does not keep areas), ours is the
 * nearest that has one.
 */
public enum Toy {
    /** Two half circles that reach into each other. */
    TWO_MOONS(SmearedCurves.of(0.1, Curve.arc(0, 0, 1, 0, 0.5), Curve.arc(1, 0.5, 1, 0.5, 0.5))),
    /** A circle inside another. */
    CIRCLES(SmearedCurves.of(0.15, Curve.arc(0, 0, 3, 0, 1), Curve.arc(0, 0, 1.5, 0, 1))),
    /** Two arms of one and a half turns. */
    SPIRALS(SmearedCurves.of(0.1, Curve.spiral(1.5, 1), Curve.spiral(1.5, -1))),
    /** The eight dark squares of a board of sixteen, uniformly. */
    CHECKERBOARD(new Checkerboard(4, 2)),
    /** Eight round clusters on a circle. */
    EIGHT_GAUSSIANS(new TwistedGaussians(8, 2 * Math.sqrt(2), 0.25 * Math.sqrt(2), 0.25 * Math.sqrt(2), 0)),
    /** Five clusters drawn out along arms that turn the further the farther they are from the centre. */
    PINWHEEL(new TwistedGaussians(5, 2, 0.6, 0.2, 0.25)),
    /** Four circles inside each other. */
    RINGS(SmearedCurves.of(
            0.08,
            Curve.arc(0, 0, 0.75, 0, 1),
            Curve.arc(0, 0, 1.5, 0, 1),
            Curve.arc(0, 0, 2.25, 0, 1),
            Curve.arc(0, 0, 3, 0, 1)));

    private static final List<String> COLUMNS = List.of("x", "y");

    /** Keeps these draws apart from others under the same seed. */
    private static final long TOYS = 3;

    private final PlanarDensity density;

    Toy(PlanarDensity density) {
        this.density = density;
    }

    /**
     * The name in commands, such as {@code two-moons}.
     *
     * @return lower case, words joined by hyphens
     */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The distribution of this name.
     *
     * @param id a name as {@link #id} gives it
     * @return it, if there is one
     */
    public static Optional<Toy> named(String id) {
        return Arrays.stream(values()).filter(toy -> toy.id().equals(id)).findFirst();
    }

    /**
     * Draws rows. Row i depends on the seed and i alone, to the bit, on every machine and JDK.
     *
     * @param rows how many, at least 0
     * @param seed decides which
     * @return a table of the columns x and y
     * @throws IllegalArgumentException if there are fewer than 0 or more than an array can hold
     */
    public Table sample(int rows, long seed) {
        if (rows < 0 || rows > Table.MAX_ARRAY / COLUMNS.size()) {
            throw new IllegalArgumentException("cannot draw " + rows + " rows");
        }
        double[] values = new double[rows * COLUMNS.size()];
        long hash = SplitMix.absorb(SplitMix.absorb(seed, TOYS), ordinal());
        for (int row = 0; row < rows; row++) {
            density.draw(new SplitMix(SplitMix.absorb(hash, row)), values, row * COLUMNS.size());
        }
        return Table.owning(COLUMNS, values);
    }

    /**
     * The exact log-density at a point.
     *
     * @param x the first column
     * @param y the second
     * @return in nats, right in the far tails too; negative infinity where there is nothing
     */
    public double logDensity(double x, double y) {
        return density.logAt(x, y);
    }
}
