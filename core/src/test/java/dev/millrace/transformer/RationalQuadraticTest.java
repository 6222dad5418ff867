package dev.millrace.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.bijection.Conformance;
import dev.millrace.kernel.Memory;
import dev.millrace.kernel.Padding;
import dev.millrace.kernel.SplitMix;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RationalQuadraticTest {

    private static final JsonNode CASES = Conformance.read("rational-quadratic-spline.json");

    /** Knots that come from float parameters are right to a float's precision. */
    private static final double FLOAT = 2e-6;

    private static final double SHIFT = StrictMath.log(StrictMath.expm1(1 - 1e-3));

    /** One entry's spline. */
    private record Spline(RationalQuadratic transformer, float[] parameters) {

        static Spline of(int bins, double bound, double[] raw) {
            float[] parameters = new float[Padding.stride(raw.length)];
            for (int k = 0; k < raw.length; k++) {
                parameters[k] = (float) raw[k];
            }
            return new Spline(new RationalQuadratic(1, bins, bound), parameters);
        }

        static Spline ofKnots(double[] xs, double[] ys, double[] slopes) {
            int bins = xs.length - 1;
            double[] raw = new double[3 * bins - 1];
            double bound = xs[bins];
            for (int k = 0; k < bins; k++) {
                raw[k] = rawShare((xs[k + 1] - xs[k]) / (2 * bound), bins);
                raw[bins + k] = rawShare((ys[k + 1] - ys[k]) / (2 * bound), bins);
            }
            for (int k = 1; k < bins; k++) {
                raw[2 * bins + k - 1] = StrictMath.log(StrictMath.expm1(slopes[k] - 1e-3)) - SHIFT;
            }
            return of(bins, bound, raw);
        }

        private static double rawShare(double share, int bins) {
            return StrictMath.log((share - 1e-3) / (1 - bins * 1e-3));
        }

        MappedRow forward(double x) {
            double[] z = new double[1];
            double[] logDet = new double[1];
            transformer.pass(1, Memory.kept()).forward(1, new double[] {x}, parameters, z, logDet);
            return new MappedRow(z, logDet[0]);
        }

        MappedRow inverse(double z) {
            double[] x = new double[1];
            double[] logDet = new double[1];
            transformer.pass(1, Memory.kept()).inverse(1, new double[] {z}, parameters, x, logDet);
            return new MappedRow(x, logDet[0]);
        }

        void check(JsonNode points) {
            assertThat(points).isNotEmpty();
            for (JsonNode point : points) {
                double x = point.get(0).doubleValue();
                double z = point.get(1).doubleValue();
                double logDet = point.get(2).doubleValue();
                assertThat(forward(x).z()[0]).isCloseTo(z, within(FLOAT));
                assertThat(forward(x).logDet()).isCloseTo(logDet, within(FLOAT));
                assertThat(inverse(z).z()[0]).isCloseTo(x, within(FLOAT));
                assertThat(inverse(z).logDet()).isCloseTo(-logDet, within(FLOAT));
            }
        }
    }

    private static double[] doubles(JsonNode node) {
        double[] values = new double[node.size()];
        Arrays.setAll(values, i -> node.get(i).doubleValue());
        return values;
    }

    @Test
    void theoryTestOfTensorFlowProbability() {
        double[] xs = doubles(CASES.get("A").get("knotsX"));
        double[] ys = {-1, -1 + StrictMath.sqrt(0.5), 1};
        Spline.ofKnots(xs, ys, new double[] {1, 1, 1}).check(CASES.get("A").get("points"));
    }

    @Test
    void unequalBinsAndSlopes() {
        JsonNode given = CASES.get("B");
        Spline.ofKnots(doubles(given.get("knotsX")), doubles(given.get("knotsY")), doubles(given.get("slopes")))
                .check(given.get("points"));
    }

    @Test
    void rawParametersAsTheAuthorsTakeThem() {
        JsonNode given = CASES.get("C");
        double[] raw = new double[11];
        System.arraycopy(doubles(given.get("rawWidths")), 0, raw, 0, 4);
        System.arraycopy(doubles(given.get("rawHeights")), 0, raw, 4, 4);
        double[] slopes = doubles(given.get("rawDerivatives"));
        for (int k = 0; k < slopes.length; k++) {
            raw[8 + k] = slopes[k] - SHIFT;
        }
        Spline.of(4, 3, raw).check(given.get("points"));
    }

    @Test
    void tailsAreTheIdentityToTheBit() {
        Spline spline = Spline.of(3, 2, new double[] {1, -2, 0.5, 3, 0, -1, 2, -2});
        for (double x : new double[] {-1e300, -2.5, -2, 2, Math.nextUp(2.0), 7, 1e300}) {
            assertThat(spline.forward(x)).usingRecursiveComparison().isEqualTo(new MappedRow(new double[] {x}, 0));
            assertThat(spline.inverse(x)).usingRecursiveComparison().isEqualTo(new MappedRow(new double[] {x}, 0));
        }
        assertThat(spline.forward(Double.NaN).z()).containsExactly(Double.NaN);
    }

    /** Whatever the network says. z is rounded, and where the spline is flat, x moves far when z moves little. */
    @Test
    void extremeParametersKeepItIncreasingAndInvertible() {
        SplitMix random = new SplitMix(11);
        for (int draw = 0; draw < 200; draw++) {
            double[] raw = new double[23];
            for (int k = 0; k < raw.length; k++) {
                raw[k] = 40 * (2 * random.nextDouble() - 1);
            }
            Spline spline = Spline.of(8, 3, raw);
            double before = -3;
            for (double x = -2.99; x < 3; x += 0.01) {
                MappedRow there = spline.forward(x);
                assertThat(there.z()[0]).isBetween(before, 3.0);
                assertThat(there.logDet()).isFinite();
                double rounding = 1e-13 * (1 + StrictMath.exp(-there.logDet()));
                assertThat(spline.inverse(there.z()[0]).z()[0]).isCloseTo(x, within(rounding));
                before = there.z()[0];
            }
        }
    }

    @Test
    void hugeParametersGiveNumbers() {
        double[] raw = new double[8];
        Arrays.setAll(raw, k -> k % 2 == 0 ? Float.MAX_VALUE : -Float.MAX_VALUE);
        MappedRow there = Spline.of(3, 2, raw).forward(0.3);
        assertThat(there.z()[0]).isBetween(-2.0, 2.0);
        assertThat(there.logDet()).isFinite();
    }

    @Test
    void knotsAreContinuousWithTheirNeighbours() {
        Spline spline = Spline.ofKnots(
                new double[] {-3, -1, 0.5, 3}, new double[] {-3, -0.5, 1, 3}, new double[] {1, 0.5, 2, 1});
        for (double knot : new double[] {-3, -1, 0.5, 3}) {
            MappedRow below = spline.forward(knot - 1e-6);
            MappedRow above = spline.forward(knot + 1e-6);
            assertThat(above.z()[0]).isCloseTo(below.z()[0], within(5e-6));
            assertThat(above.logDet()).isCloseTo(below.logDet(), within(2e-5));
        }
    }

    @Test
    void numbersOutOfRangeAreErrors() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RationalQuadratic(0, 8, 3))
                .withMessageContaining("0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RationalQuadratic(1, 1, 3))
                .withMessageContaining("1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RationalQuadratic(1, 257, 3))
                .withMessageContaining("257");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RationalQuadratic(1, 8, 0))
                .withMessageContaining("0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RationalQuadratic(1, 8, Double.NaN))
                .withMessageContaining("NaN");
    }
}
