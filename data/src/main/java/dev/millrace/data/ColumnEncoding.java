package dev.millrace.data;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/** How one column of a table becomes a column a density can be fitted to. Immutable. */
public sealed interface ColumnEncoding {

    /**
     * The column's name.
     *
     * @return the name, not empty
     */
    String name();

    /**
     * A column that takes many values, passed as it is.
     *
     * @param name of the column
     */
    record Continuous(String name) implements ColumnEncoding {

        /** Checks the name. */
        public Continuous {
            requireName(name);
        }
    }

    /**
     * A column that takes few values, each of them spread over an interval of the width of a step around it. The
     * density stays in the column's units; its integral over the interval is the value's probability.
     *
     * @param name of the column
     * @param step the width, positive: the lattice's, else the smallest gap between values; 1 for a constant column
     * @param origin a point of the lattice, or the smallest value if there is none
     * @param lattice whether all values are origin + k × step for whole k, to a millionth of a step
     * @param min the smallest value
     * @param max the largest value
     * @param distinct how many values there are, 1 or more
     * @param values the values, ascending, if they are not on a lattice and at most {@value #MAX_VALUES}; else empty
     */
    record Discrete(
            String name,
            double step,
            double origin,
            boolean lattice,
            double min,
            double max,
            long distinct,
            List<Double> values)
            implements ColumnEncoding {

        /** The most values that are remembered one by one. */
        public static final int MAX_VALUES = 4096;

        /** How many doubles a step must hold at the largest value: with fewer, noise is hardly any. */
        private static final int LEAST_ULPS = 8;

        /**
         * Checks the parts.
         *
         * @throws IllegalArgumentException if they are not finite, out of range, or do not fit each other
         */
        public Discrete {
            requireName(name);
            String where = "column " + Excerpt.of(name) + ": ";
            if (!(step > 0) || !Double.isFinite(step)) {
                throw new IllegalArgumentException(where + "step is " + step + ", not a positive number");
            }
            if (!Double.isFinite(origin) || !Double.isFinite(min) || !Double.isFinite(max) || min > max) {
                throw new IllegalArgumentException(where + "origin " + origin + ", min " + min + " and max " + max
                        + " must be finite, and min at most max");
            }
            if (distinct < 1) {
                throw new IllegalArgumentException(where + "distinct is " + distinct + ", not 1 or more");
            }
            if (lattice && !(Math.max(Math.abs(max - origin), Math.abs(min - origin)) / step <= Lattice.MOST_STEPS)) {
                throw new IllegalArgumentException(where + "step " + step + " is too fine for values of this size");
            }
            values = List.copyOf(values);
            if (values.size() > MAX_VALUES || (!values.isEmpty() && (lattice || values.size() != distinct))) {
                throw new IllegalArgumentException(where + values.size() + " values are not what a column of "
                        + distinct + (lattice ? " on a lattice has" : " has"));
            }
            requireValues(where, values, min, max);
        }

        private static void requireValues(String where, List<Double> values, double min, double max) {
            for (int i = 0; i < values.size(); i++) {
                // Also false for NaN.
                boolean fits = values.get(i) >= (i == 0 ? min : Math.nextUp(values.get(i - 1))) && values.get(i) <= max;
                if (!fits) {
                    throw new IllegalArgumentException(
                            where + "values must ascend from min to max, but there is " + values.get(i));
                }
            }
        }

        /** The value with noise uniform over half a step to either side, given 64 random bits. */
        double dequantised(double value, long bits) {
            return value + (SplitMix.unit(bits) - 0.5) * step;
        }

        /** The value the column could have that is nearest to this one. */
        double quantised(double value) {
            double inRange = Math.max(min, Math.min(max, value));
            if (lattice) {
                return new Lattice(step, origin).nearest(inRange);
            }
            return values.isEmpty() ? inRange : nearestKnown(inRange);
        }

        private double nearestKnown(double value) {
            int found = Collections.binarySearch(values, value);
            if (found >= 0) {
                return values.get(found);
            }
            int above = -found - 1;
            if (above == 0 || above == values.size()) {
                return values.get(above == 0 ? 0 : above - 1);
            }
            double lower = values.get(above - 1);
            double upper = values.get(above);
            return value - lower <= upper - value ? lower : upper;
        }

        /** Whether the values are whole numbers, to be written as such. */
        boolean isWhole() {
            if (lattice) {
                return step == Math.rint(step) && origin == Math.rint(origin);
            }
            return !values.isEmpty() && values.stream().allMatch(value -> value == Math.rint(value));
        }

        /**
         * Refuses a column in which there is a value so large that the noise would hardly change it, and thus not bound
         * the density there.
         *
         * @throws DataException naming the value
         */
        void requireSpread() {
            double largest = Math.abs(min) > Math.abs(max) ? min : max;
            if (step < LEAST_ULPS * Math.ulp(largest)) {
                throw new DataException(finding() + "; noise of its step, " + rounded(step)
                        + ", is lost to rounding in " + largest + ", so the column cannot be dequantised. If that value"
                        + " stands for a missing one, empty its cells and read with --missing drop; else leave the"
                        + " column out with --exclude, or take it as continuous with --dequantize none");
            }
        }

        /** What was found and what is done about it, in a sentence. */
        String describe() {
            return finding() + "; dequantised uniformly with step " + rounded(step);
        }

        private String finding() {
            String what = distinct == 1
                    ? "has the same value in every training row, " + rounded(min)
                    : "takes " + distinct + " distinct values";
            return "column " + Excerpt.of(name) + " " + what;
        }

        private static String rounded(double value) {
            String text = BigDecimal.valueOf(value)
                    .round(new MathContext(4))
                    .stripTrailingZeros()
                    .toPlainString();
            return text.length() > 12 ? String.valueOf(value) : text;
        }
    }

    private static void requireName(String name) {
        if (Objects.requireNonNull(name, "name").isBlank()) {
            throw new IllegalArgumentException("a column has an empty name");
        }
    }
}
