package dev.millrace.bijection;

import dev.millrace.kernel.Memory;
import dev.millrace.net.DoubleTensor;
import dev.millrace.net.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * z_j = exp(s_j)·x_j with learned s: the last layer of NICE (Dinh et al., arXiv 1410.8516, section 3.3), which weighs
 * the dimensions against each other. Its log-det is Σ s.
 *
 * <p>An untrained scaling begins so that the first data has variance 1, which is not in the paper: from s = 0, steps of
 * 1e-3 need thousands of batches to reach the scale of a pixel that hardly ever changes. A constant column keeps s = 0.
 * For the same reason s takes steps ten times as long as those of other parameters.
 */
public final class Scaling implements Bijection {

    /**
     * As the networks learn to predict, what is left of an entry shrinks a hundredfold. At Adam's usual 1e-3 a step, s
     * would need thousands of steps to follow, and the networks wait for it.
     */
    private static final double PACE = 10;

    private final DoubleTensor logScale;
    private final Diagonal diagonal;

    private Scaling(DoubleTensor logScale) {
        this.logScale = logScale;
        this.diagonal = new Diagonal(new double[logScale.size()], logScale.data());
    }

    /** A scaling of rows of {@code dimension} entries that begins as the identity. */
    public static Scaling create(int dimension) {
        return new Scaling(DoubleTensor.parameterAtPace(
                PACE, new double[Shape.of(dimension).size()]));
    }

    @Override
    public Shape inputShape() {
        return Shape.of(logScale.size());
    }

    @Override
    public Map<String, Tensor> state() {
        return Map.of("logScale", logScale);
    }

    @Override
    public void initialise(double[] x, int rows) {
        if (Arrays.stream(logScale.data()).anyMatch(s -> s != 0)) {
            return;
        }
        System.arraycopy(Moments.of(x, rows, dimension()).logPrecision(), 0, logScale.data(), 0, dimension());
        parametersChanged();
    }

    @Override
    public void parametersChanged() {
        diagonal.refresh();
    }

    @Override
    public Scaling copy() {
        return new Scaling(logScale.copy());
    }

    @Override
    public List<Runnable> gradientTasks(List<? extends Pass> blocks) {
        return List.of(logScale.gradientFrom(
                blocks.stream().map(pass -> ((ScalingPass) pass).dLogScale).toList()));
    }

    @Override
    public Pass pass(int maxRows, Memory memory) {
        return new ScalingPass(diagonal);
    }

    private static final class ScalingPass implements Pass {

        private final Diagonal diagonal;
        private final double[] dLogScale;
        private final double[] unused;

        ScalingPass(Diagonal diagonal) {
            this.diagonal = diagonal;
            this.dLogScale = new double[diagonal.dimension()];
            this.unused = new double[diagonal.dimension()];
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
            Arrays.fill(dLogScale, 0);
            diagonal.addGradient(rows, x, dx, dLogDet, unused, dLogScale);
        }
    }
}
