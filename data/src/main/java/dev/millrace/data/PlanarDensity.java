package dev.millrace.data;

/** A density of the plane that one can draw from. */
interface PlanarDensity {

    /** Its value at a point, to about 1e-4 of its largest. */
    double at(double x, double y);

    /** Draws a point into two neighbouring places of an array. */
    void draw(SplitMix random, double[] into, int at);

    /** A standard normal draw (Box and Muller, 1958), equal on every JVM. */
    static double normal(SplitMix random) {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - SplitMix.unit(random.next())));
        return radius * StrictMath.cos(2 * Math.PI * SplitMix.unit(random.next()));
    }
}
