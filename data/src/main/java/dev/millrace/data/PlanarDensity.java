package dev.millrace.data;

/** A density of the plane that one can draw from. */
interface PlanarDensity {

    /**
     * The logarithm of its value at a point. The value is right to about 1e-4 of the largest; in the tails, where that
     * says nothing, its logarithm is to about 1e-4 of itself. Negative infinity where there is nothing, or where no
     * double is as large.
     */
    double logAt(double x, double y);

    /** Draws a point into two neighbouring places of an array. */
    void draw(SplitMix random, double[] into, int at);

    /** A standard normal draw (Box and Muller, 1958), equal on every JVM. */
    static double normal(SplitMix random) {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - SplitMix.unit(random.next())));
        return radius * StrictMath.cos(2 * Math.PI * SplitMix.unit(random.next()));
    }
}
