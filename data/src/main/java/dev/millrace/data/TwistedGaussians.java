package dev.millrace.data;

import java.util.Arrays;

/**
 * Gaussian clusters on a circle, and the plane then turned around the origin by an angle that grows with the distance
 * from it. Such a twist keeps areas, so the density at a point is that of the clusters where the point came from.
 *
 * @param clusters how many, each as likely as the others
 * @param distance of their centres from the origin
 * @param radial standard deviation away from the origin
 * @param tangential standard deviation along the circle
 * @param twist the angle at distance r is twist · (exp(r / distance) − 1), in radians; 0 for none
 */
record TwistedGaussians(int clusters, double distance, double radial, double tangential, double twist)
        implements PlanarDensity {

    @Override
    public double logAt(double x, double y) {
        double[] squares = squaredDistances(x, y);
        double nearest = Arrays.stream(squares).min().orElseThrow();
        if (nearest == Double.POSITIVE_INFINITY) {
            return Double.NEGATIVE_INFINITY;
        }
        double sum = 0;
        for (double square : squares) {
            // In relation to the nearest, whose exponential itself can be below the least double.
            sum += StrictMath.exp(-0.5 * (square - nearest));
        }
        return StrictMath.log(sum / (2 * Math.PI * radial * tangential * clusters)) - 0.5 * nearest;
    }

    /** From each cluster's centre, in its standard deviations. */
    private double[] squaredDistances(double x, double y) {
        double angle = -twist(x, y);
        double[] squares = new double[clusters];
        for (int cluster = 0; cluster < clusters; cluster++) {
            double back = angle - 2 * Math.PI * cluster / clusters;
            double u = (turnedX(x, y, back) - distance) / radial;
            double v = turnedY(x, y, back) / tangential;
            squares[cluster] = u * u + v * v;
        }
        return squares;
    }

    @Override
    public void draw(SplitMix random, double[] into, int at) {
        double u = distance + radial * PlanarDensity.normal(random);
        double v = tangential * PlanarDensity.normal(random);
        double angle = twist(u, v) + 2 * Math.PI * random.nextBelow(clusters) / clusters;
        into[at] = turnedX(u, v, angle);
        into[at + 1] = turnedY(u, v, angle);
    }

    private double twist(double x, double y) {
        // Far out the angle is lost to rounding; it only must stay a number.
        return twist * Math.min(Double.MAX_VALUE, StrictMath.expm1(StrictMath.hypot(x, y) / distance));
    }

    private static double turnedX(double x, double y, double angle) {
        return x * StrictMath.cos(angle) - y * StrictMath.sin(angle);
    }

    private static double turnedY(double x, double y, double angle) {
        return x * StrictMath.sin(angle) + y * StrictMath.cos(angle);
    }
}
