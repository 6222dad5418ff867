package dev.millrace.bijection;

import dev.millrace.kernel.Memory;
import dev.millrace.net.DoubleTensor;
import dev.millrace.net.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * z_j = (x_j − c_j)·exp(s_j) with learned c and s that begin so that the first data has mean 0 and variance 1 (Glow,
 * Kingma and Dhariwal, arXiv 1807.03039, section 3.1). A constant column keeps s = 0. The log-det is Σ s.
 */
public final class ActNorm implements Bijection {

    private final DoubleTensor centre;
    private final DoubleTensor logScale;
    /** 1 once the data-dependent start has happened. */
    private final DoubleTensor initialised;

    private final Diagonal diagonal;

    private ActNorm(DoubleTensor centre, DoubleTensor logScale, DoubleTensor initialised) {
        this.centre = centre;
        this.logScale = logScale;
        this.initialised = initialised;
        this.diagonal = new Diagonal(centre.data(), logScale.data());
    }

    /** A layer for rows of {@code dimension} entries; the identity until it has seen data. */
    public static ActNorm create(int dimension) {
        double[] zeros = new double[Shape.of(dimension).size()];
        return new ActNorm(DoubleTensor.parameter(zeros), DoubleTensor.parameter(zeros), DoubleTensor.buffer(0));
    }

    @Override
    public Shape inputShape() {
        return Shape.of(centre.size());
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
        Moments moments = Moments.of(x, rows, dimension());
        System.arraycopy(moments.mean(), 0, centre.data(), 0, dimension());
        System.arraycopy(moments.logPrecision(), 0, logScale.data(), 0, dimension());
        initialised.data()[0] = 1;
        parametersChanged();
    }

    @Override
    public void parametersChanged() {
        diagonal.refresh();
    }

    @Override
    public ActNorm copy() {
        return new ActNorm(centre.copy(), logScale.copy(), initialised.copy());
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
        return new ActNormPass(diagonal);
    }

    private static final class ActNormPass implements Pass {

        private final Diagonal diagonal;
        private final double[] dCentre;
        private final double[] dLogScale;

        ActNormPass(Diagonal diagonal) {
            this.diagonal = diagonal;
            this.dCentre = new double[diagonal.dimension()];
            this.dLogScale = new double[diagonal.dimension()];
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
            Arrays.fill(dCentre, 0);
            Arrays.fill(dLogScale, 0);
            diagonal.addGradient(rows, x, dx, dLogDet, dCentre, dLogScale);
        }
    }
}
