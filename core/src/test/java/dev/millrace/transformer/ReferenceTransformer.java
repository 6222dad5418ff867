package dev.millrace.transformer;

import java.util.Map;

/** Transformers by their formula, in double, with the functions of {@link StrictMath}. */
public final class ReferenceTransformer {

    private ReferenceTransformer() {}

    /**
     * One row's image.
     *
     * @param state values of the transformer's tensors by name
     * @param prefix what the names begin with in the state
     * @param parameters first parameter of all entries first
     */
    public static MappedRow map(
            Transformer transformer, Map<String, double[]> state, String prefix, double[] x, double[] parameters) {
        if (transformer instanceof RationalQuadratic spline) {
            return spline(spline, x, parameters);
        }
        double[] z = x.clone();
        double logDet = 0;
        for (int j = 0; j < x.length; j++) {
            double shift = parameters[j];
            double logScale = 0;
            if (transformer instanceof Affine affine) {
                double raw = parameters[x.length + j];
                logScale = switch (affine.logScale()) {
                    case TANH -> state.get(prefix + "bound")[j] * StrictMath.tanh(raw);
                    case SIGMOID -> StrictMath.log(0.125 + 7.875 / (1 + 8 * StrictMath.exp(-raw)));
                };
            }
            if (transformer instanceof ScaledAdditive) {
                shift = state.get(prefix + "spread")[j] * shift - state.get(prefix + "centre")[j];
            }
            z[j] = StrictMath.exp(logScale) * x[j] + shift;
            logDet += logScale;
        }
        return new MappedRow(z, logDet);
    }

    private static MappedRow spline(RationalQuadratic spline, double[] x, double[] parameters) {
        int bins = spline.bins();
        double[] z = x.clone();
        double logDet = 0;
        for (int j = 0; j < x.length; j++) {
            if (Math.abs(x[j]) >= spline.tailBound()) {
                continue;
            }
            double[] raw = new double[3 * bins - 1];
            for (int k = 0; k < raw.length; k++) {
                raw[k] = parameters[k * x.length + j];
            }
            double[] xs = knots(spline, raw, 0);
            double[] ys = knots(spline, raw, bins);
            double[] slopes = slopes(raw, bins);
            int k = 0;
            while (x[j] >= xs[k + 1]) {
                k++;
            }
            double s = (ys[k + 1] - ys[k]) / (xs[k + 1] - xs[k]);
            double t = (x[j] - xs[k]) / (xs[k + 1] - xs[k]);
            double denominator = s + (slopes[k + 1] + slopes[k] - 2 * s) * t * (1 - t);
            z[j] = ys[k] + (ys[k + 1] - ys[k]) * (s * t * t + slopes[k] * t * (1 - t)) / denominator;
            double numerator = slopes[k + 1] * t * t + 2 * s * t * (1 - t) + slopes[k] * (1 - t) * (1 - t);
            logDet += StrictMath.log(s * s * numerator / (denominator * denominator));
        }
        return new MappedRow(z, logDet);
    }

    private static double[] knots(RationalQuadratic spline, double[] raw, int from) {
        int bins = spline.bins();
        double sum = 0;
        for (int k = 0; k < bins; k++) {
            sum += StrictMath.exp(raw[from + k]);
        }
        double[] knots = new double[bins + 1];
        knots[0] = -spline.tailBound();
        for (int k = 0; k < bins; k++) {
            double share = 1e-3 + (1 - bins * 1e-3) * StrictMath.exp(raw[from + k]) / sum;
            knots[k + 1] = knots[k] + 2 * spline.tailBound() * share;
        }
        knots[bins] = spline.tailBound();
        return knots;
    }

    private static double[] slopes(double[] raw, int bins) {
        double[] slopes = new double[bins + 1];
        slopes[0] = 1;
        slopes[bins] = 1;
        double shift = StrictMath.log(StrictMath.expm1(1 - 1e-3));
        for (int k = 1; k < bins; k++) {
            slopes[k] = 1e-3 + StrictMath.log1p(StrictMath.exp(raw[2 * bins + k - 1] + shift));
        }
        return slopes;
    }
}
