package dev.millrace.data;

import java.util.List;

/**
 * Points on curves, each curve as likely as the others, with round Gaussian noise. The density is the noise's, averaged
 * along the curves by Simpson's rule.
 */
final class SmearedCurves implements PlanarDensity {

    /** Of Simpson's rule, a curve: the longest is 240 widths of the noise long, so a step is at most 0.3 of one. */
    private static final int STEPS = 1000;

    /** Beyond so many widths of the noise, its density is 0 to double precision. */
    private static final double REACH = 39;

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
    public double at(double x, double y) {
        double variance = noise * noise;
        double sum = 0;
        for (int node = 0; node < nodeX.length; node++) {
            double dx = x - nodeX[node];
            double dy = y - nodeY[node];
            double squares = (dx * dx + dy * dy) / variance;
            if (squares < REACH * REACH) {
                sum += weight[node] * StrictMath.exp(-0.5 * squares);
            }
        }
        return sum / (2 * Math.PI * variance);
    }

    @Override
    public void draw(SplitMix random, double[] into, int at) {
        Curve curve = curves.get(random.nextBelow(curves.size()));
        double t = curve.quantile(SplitMix.unit(random.next()));
        into[at] = curve.x(t) + noise * PlanarDensity.normal(random);
        into[at + 1] = curve.y(t) + noise * PlanarDensity.normal(random);
    }
}
