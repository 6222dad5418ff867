package dev.millrace.bijection;

import dev.millrace.kernel.Memory;
import dev.millrace.net.DoubleTensor;
import dev.millrace.net.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * z_j = (x_j − c_j)·exp(s_j) with learned c and s, each entry's own or that of its channel, which begin so that the
 * first data has mean 0 and variance 1 (Glow, Kingma and Dhariwal, arXiv 1807.03039, section 3.1). A constant column
 * keeps s = 0. The log-det is Σ s.
 */
public final class ActNorm implements Bijection {

    private final Channels channels;
    private final DoubleTensor centre;
    private final DoubleTensor logScale;
    /** 1 once the data-dependent start has happened. */
    private final DoubleTensor initialised;

    /** Centre and log-scale of each entry of a row. */
    private final double[] centres;

    private final double[] logScales;
    private final Diagonal diagonal;

    private ActNorm(Channels channels, DoubleTensor centre, DoubleTensor logScale, DoubleTensor initialised) {
        this.channels = channels;
        this.centre = centre;
        this.logScale = logScale;
        this.initialised = initialised;
        this.centres = new double[channels.dimension()];
        this.logScales = new double[channels.dimension()];
        this.diagonal = new Diagonal(centres, logScales);
        parametersChanged();
    }

    /** A layer for rows of {@code dimension} entries; the identity until it has seen data. */
    public static ActNorm create(int dimension) {
        return create(Channels.ofEntries(dimension));
    }

    /** A layer with a centre and a scale for each channel, which leaves other entries alone. */
    public static ActNorm create(Channels channels) {
        double[] zeros = new double[channels.count()];
        return new ActNorm(
                channels, DoubleTensor.parameter(zeros), DoubleTensor.parameter(zeros), DoubleTensor.buffer(0));
    }

    public Channels channels() {
        return channels;
    }

    @Override
    public Shape inputShape() {
        return Shape.of(channels.dimension());
    }

    @Override
    public Map<String, Tensor> state() {
        Map<String, Tensor> state = new LinkedHashMap<>();
        state.put("centre", centre);
        state.put("logScale", logScale);
        state.put("initialised", initialised);
        return state;
    }

    @Override
    public void initialise(double[] x, int rows) {
        if (initialised.data()[0] != 0) {
            return;
        }
        int count = channels.count();
        Moments moments = Moments.of(channels.pixels(x, rows), rows * channels.pixels(), count);
        System.arraycopy(moments.mean(), 0, centre.data(), 0, count);
        System.arraycopy(moments.logPrecision(), 0, logScale.data(), 0, count);
        initialised.data()[0] = 1;
        parametersChanged();
    }

    @Override
    public void parametersChanged() {
        channels.spread(centre.data(), 0, centres);
        channels.spread(logScale.data(), 0, logScales);
        diagonal.refresh();
    }

    @Override
    public ActNorm copy() {
        return new ActNorm(channels, centre.copy(), logScale.copy(), initialised.copy());
    }

    @Override
    public List<Runnable> gradientTasks(List<? extends Pass> blocks) {
        List<ActNormPass> passes = blocks.stream().map(ActNormPass.class::cast).toList();
        return List.of(
                centre.gradientFrom(passes.stream().map(pass -> pass.dCentre).toList()),
                logScale.gradientFrom(
                        passes.stream().map(pass -> pass.dLogScale).toList()));
    }

    @Override
    public Pass pass(int maxRows, Memory memory) {
        return new ActNormPass(diagonal, channels);
    }

    private static final class ActNormPass implements Pass {

        private final Diagonal diagonal;
        private final Channels channels;
        private final double[] dCentres;
        private final double[] dLogScales;
        private final double[] dCentre;
        private final double[] dLogScale;

        ActNormPass(Diagonal diagonal, Channels channels) {
            this.diagonal = diagonal;
            this.channels = channels;
            this.dCentres = new double[channels.dimension()];
            this.dLogScales = new double[channels.dimension()];
            this.dCentre = new double[channels.count()];
            this.dLogScale = new double[channels.count()];
        }

        @Override
        public void forward(int rows, double[] x, double[] z, double[] logDet) {
            diagonal.forward(rows, x, z, logDet);
        }

        @Override
        public void inverse(int rows, double[] z, double[] x, double[] logDet) {
            diagonal.inverse(rows, z, x, logDet);
        }

        @Override
        public void backward(int rows, double[] x, double[] dz, double[] dLogDet, double[] dx) {
            diagonal.backward(rows, dz, dx);
            Arrays.fill(dCentres, 0);
            Arrays.fill(dLogScales, 0);
            diagonal.addGradient(rows, x, dx, dLogDet, dCentres, dLogScales);
            channels.sum(dCentres, dCentre);
            channels.sum(dLogScales, dLogScale);
        }
    }
}
