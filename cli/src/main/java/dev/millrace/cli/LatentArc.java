package dev.millrace.cli;

/**
 * The great circle between two points of a latent space: on it, the length goes evenly from the one's to the other's,
 * where a straight line would pass nearer to the origin than what a flow draws.
 */
final class LatentArc {

    /** Of an arc flatter than this, or of opposite ends, a straight line is as good. */
    private static final double SMALLEST_SINE = 1e-6;

    private LatentArc() {}

    /**
     * Points at even angles, the ends among them to the bit.
     *
     * @param steps how many, at least 2
     * @return one point after the other
     */
    static double[] between(double[] from, double[] to, int steps) {
        double fromLength = length(from);
        double toLength = length(to);
        double cosine = 0;
        for (int i = 0; i < from.length; i++) {
            cosine += from[i] / fromLength * (to[i] / toLength);
        }
        double angle = StrictMath.acos(Math.max(-1, Math.min(1, cosine)));
        double[] points = new double[steps * from.length];
        for (int step = 1; step < steps - 1; step++) {
            double t = (double) step / (steps - 1);
            double length = (1 - t) * fromLength + t * toLength;
            double ofFrom = weight(1 - t, angle) * length / fromLength;
            double ofTo = weight(t, angle) * length / toLength;
            for (int i = 0; i < from.length; i++) {
                points[step * from.length + i] = ofFrom * from[i] + ofTo * to[i];
            }
        }
        System.arraycopy(from, 0, points, 0, from.length);
        System.arraycopy(to, 0, points, points.length - to.length, to.length);
        return points;
    }

    private static double weight(double share, double angle) {
        double sine = StrictMath.sin(angle);
        return sine < SMALLEST_SINE ? share : StrictMath.sin(share * angle) / sine;
    }

    private static double length(double[] point) {
        double squares = 0;
        for (double value : point) {
            squares += value * value;
        }
        return Math.sqrt(squares);
    }
}
