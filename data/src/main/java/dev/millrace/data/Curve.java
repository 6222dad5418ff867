package dev.millrace.data;

/** A plane curve, and how points are spread on it. */
interface Curve {

    /** The place at a parameter t of [0, 1]. */
    double x(double t);

    /** The place at a parameter t of [0, 1]. */
    double y(double t);

    /** The density of t. */
    double weight(double t);

    /** The t below which a fraction of the points lies. */
    double quantile(double fraction);

    /** Part of a circle, from and through fractions of a full turn; points are spread evenly. */
    static Curve arc(double x, double y, double radius, double from, double turns) {
        return new Arc(x, y, radius, from, turns);
    }

    /**
     * An Archimedean spiral from the centre, whose radius grows by 2π/3 a turn; points are spread evenly over its length,
     * nearly.
     *
     * @param sign 1, or −1 for the spiral opposite
     */
    static Curve spiral(double turns, double sign) {
        return new Spiral(turns, sign);
    }

    /** Part of a circle. */
    record Arc(double centreX, double centreY, double radius, double from, double turns) implements Curve {

        @Override
        public double x(double t) {
            return centreX + radius * StrictMath.cos(angle(t));
        }

        @Override
        public double y(double t) {
            return centreY + radius * StrictMath.sin(angle(t));
        }

        private double angle(double t) {
            return 2 * Math.PI * (from + turns * t);
        }

        @Override
        public double weight(double t) {
            return 1;
        }

        @Override
        public double quantile(double fraction) {
            return fraction;
        }
    }

    /** An Archimedean spiral. */
    record Spiral(double turns, double sign) implements Curve {

        @Override
        public double x(double t) {
            return -sign * angle(t) / 3 * StrictMath.cos(angle(t));
        }

        @Override
        public double y(double t) {
            return sign * angle(t) / 3 * StrictMath.sin(angle(t));
        }

        private double angle(double t) {
            return 2 * Math.PI * turns * t;
        }

        @Override
        public double weight(double t) {
            return 2 * t;
        }

        @Override
        public double quantile(double fraction) {
            return StrictMath.sqrt(fraction);
        }
    }
}
