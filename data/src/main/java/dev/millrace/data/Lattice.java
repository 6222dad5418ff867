package dev.millrace.data;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;

/**
 * The points origin + k × step, for whole k, that all distinct values of a column lie on.
 *
 * @param step positive
 * @param origin one of the points: 0 if it is one
 */
record Lattice(double step, double origin) {

    /** How far off a point a value may be, in steps: far more than rounding makes of decimals, far less than chance. */
    private static final double TOLERANCE = 1e-6;

    /** While the step is only known roughly, a remainder below this part of it counts as none. */
    private static final double ROUGH_TOLERANCE = 1e-3;

    /**
     * How much finer than the smallest gap the step may be. Any numbers of three decimals are on a lattice of 0.001;
     * if no two of them are close, that says how they were rounded, not what they can be.
     */
    private static final int MOST_FINE = 8;

    /** From here on, every double would seem to be on a point. */
    static final double MOST_STEPS = 0x1p53;

    /** A step of more decimal digits was not chosen by people. */
    private static final int MOST_DIGITS = 10;

    /**
     * The lattice with the widest step that values lie on; empty if they lie on none that is not much finer than
     * their smallest gap.
     *
     * @param values at least two, all different, ascending
     */
    static Optional<Lattice> of(double[] values) {
        double range = values[values.length - 1] - values[0];
        if (!Double.isFinite(range)) {
            return Optional.empty();
        }
        double smallestGap = smallestGap(values);
        double rough = smallestGap;
        for (int i = 1; i < values.length && rough > 0; i++) {
            rough = commonDivisor(rough, values[i] - values[i - 1], smallestGap / MOST_FINE);
        }
        if (rough == 0) {
            return Optional.empty();
        }
        // Over the whole range, rounding weighs least: it is of one unit in the last place at either end.
        double steps = Math.rint(range / rough);
        double largest = Math.max(Math.abs(values[0]), Math.abs(values[values.length - 1]));
        return on(plainest(range / steps, 2 * Math.ulp(largest) / steps), values);
    }

    /** The decimal of fewest digits that is as near to a step as the error of it; the step itself if that has many. */
    private static double plainest(double step, double error) {
        for (int digits = 1; digits <= MOST_DIGITS; digits++) {
            double plain =
                    BigDecimal.valueOf(step).round(new MathContext(digits)).doubleValue();
            if (Math.abs(plain - step) <= error) {
                return plain;
            }
        }
        return step;
    }

    /** The smallest difference between neighbours. */
    static double smallestGap(double[] values) {
        double smallest = Double.POSITIVE_INFINITY;
        for (int i = 1; i < values.length; i++) {
            smallest = Math.min(smallest, values[i] - values[i - 1]);
        }
        return smallest;
    }

    /** Euclid's algorithm for numbers that are not exact; 0 if the divisor would be below the least. */
    private static double commonDivisor(double a, double b, double least) {
        double divisor = a;
        double multiple = b;
        while (true) {
            double remainder = Math.abs(Math.IEEEremainder(multiple, divisor));
            if (remainder <= ROUGH_TOLERANCE * divisor) {
                return divisor;
            }
            if (!(remainder >= least)) {
                return 0;
            }
            multiple = divisor;
            divisor = remainder;
        }
    }

    private static Optional<Lattice> on(double step, double[] values) {
        if (!(step > 0) || !Double.isFinite(step)) {
            return Optional.empty();
        }
        for (Lattice lattice : new Lattice[] {new Lattice(step, 0), new Lattice(step, values[0])}) {
            if (lattice.holds(values)) {
                return Optional.of(lattice);
            }
        }
        return Optional.empty();
    }

    private boolean holds(double[] values) {
        for (double value : values) {
            double steps = (value - origin) / step;
            if (!(Math.abs(steps - Math.rint(steps)) <= TOLERANCE) || Math.abs(steps) > MOST_STEPS) {
                return false;
            }
        }
        return true;
    }

    /**
     * The point nearest to a value. Where 1/step is whole (0.1, 0.25, 0.002), it is computed by a division, so that it
     * is the double one gets from reading 0.3, not 0.30000000000000004.
     */
    double nearest(double value) {
        double steps = Math.rint((value - origin) / step);
        double inverse = Math.rint(1 / step);
        double originSteps = origin / step;
        boolean divisible =
                Math.abs(inverse * step - 1) < 1e-12 && Math.abs(originSteps - Math.rint(originSteps)) <= TOLERANCE;
        return divisible ? (Math.rint(originSteps) + steps) / inverse : origin + steps * step;
    }
}
