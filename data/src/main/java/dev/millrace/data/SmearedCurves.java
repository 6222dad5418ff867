package dev.millrace.data;

import java.util.List;

/**
 * Points on curves, each curve as likely as the others, with round Gaussian noise. The density is the noise's, averaged
 * along the curves by Simpson's rule.
 */
final class SmearedCurves implements PlanarDensity {

    /** Of Simpson's rule, a curve: the longest is 240 widths of the noise long, so a step is at most 0.3 of one. */
    private static final int STEPS = 1000;

    /** Nodes whose squared distance, in widths of the noise, is greater than the least by this add less than a part in 1e17. */
    private static final double NEGLIGIBLE = 80;

    private final List<Curve> curves;
    private final double noise;
    private final double[] nodeX;
    private final double[] nodeY;
    private final double[] weight;

    private SmearedCurves(List<Curve> curves, double noise) {
        this.curves = curves;
        this.noise = noise;
        int nodes = curves.size() * (STEPS + 1);
        nodeX = new double[nodes];
        nodeY = new double[nodes];
        weight = new double[nodes];
        for (int node = 0; node < nodes; node++) {
            Curve curve = curves.get(node / (STEPS + 1));
            int step = node % (STEPS + 1);
            double t = (double) step / STEPS;
            double simpson = step == 0 || step == STEPS ? 1 : step % 2 == 1 ? 4 : 2;
            nodeX[node] = curve.x(t);
            nodeY[node] = curve.y(t);
            weight[node] = curve.weight(t) * simpson / (3.0 * STEPS * curves.size());
        }
    }

    static SmearedCurves of(double noise, Curve... curves) {
        return new SmearedCurves(List.of(curves), noise);
    }

    @Override
    public double logAt(double x, double y) {
        double variance = noise * noise;
        double nearest = Double.POSITIVE_INFINITY;
        for (int node = 0; node < nodeX.length; node++) {
            nearest = Math.min(nearest, squaredDistance(node, x, y));
        }
        double sum = 0;
        for (int node = 0; node < nodeX.length; node++) {
            double beyond = squaredDistance(node, x, y) - nearest;
            if (beyond < NEGLIGIBLE * variance) {
                sum += weight[node] * StrictMath.exp(-0.5 * beyond / variance);
            }
        }
        // Apart, since the nearest's exponential can be below the least double.
        return StrictMath.log(sum / (2 * Math.PI * variance)) - 0.5 * nearest / variance;
    }

    private double squaredDistance(int node, double x, double y) {
        double dx = x - nodeX[node];
        double dy = y - nodeY[node];
        return dx * dx + dy * dy;
    }

    @Override
    public void draw(SplitMix random, double[] into, int at) {
        Curve curve = curves.get(random.nextBelow(curves.size()));
        double t = curve.quantile(SplitMix.unit(random.next()));
        into[at] = curve.x(t) + noise * PlanarDensity.normal(random);
        into[at + 1] = curve.y(t) + noise * PlanarDensity.normal(random);
    }
}
