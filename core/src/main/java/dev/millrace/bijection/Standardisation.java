package dev.millrace.bijection;

import dev.millrace.kernel.Memory;
import dev.millrace.net.DoubleTensor;
import dev.millrace.net.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * z_j = (x_j − mean_j) / deviation_j with the moments of the training data, which training does not change. As a layer
 * of the flow, it keeps log-likelihoods in the units of the data. A constant column is only centred.
 */
public final class Standardisation implements Bijection {

    private final DoubleTensor mean;
    private final DoubleTensor logPrecision;
    /** 1 once the moments have been set. */
    private final DoubleTensor initialised;

    private final Diagonal diagonal;

    private Standardisation(DoubleTensor mean, DoubleTensor logPrecision, DoubleTensor initialised) {
        this.mean = mean;
        this.logPrecision = logPrecision;
        this.initialised = initialised;
        this.diagonal = new Diagonal(mean.data(), logPrecision.data());
    }

    /** The identity on rows of {@code dimension} entries, to be filled by {@link #initialise} or from a file. */
    public static Standardisation create(int dimension) {
        double[] zeros = new double[Shape.of(dimension).size()];
        return new Standardisation(DoubleTensor.buffer(zeros), DoubleTensor.buffer(zeros), DoubleTensor.buffer(0));
    }

    @Override
    public void initialise(double[] x, int rows) {
        if (initialised.data()[0] != 0) {
            return;
        }
        Moments moments = Moments.of(x, rows, dimension());
        System.arraycopy(moments.mean(), 0, mean.data(), 0, dimension());
        System.arraycopy(moments.logPrecision(), 0, logPrecision.data(), 0, dimension());
        initialised.data()[0] = 1;
        parametersChanged();
    }

    @Override
    public Shape inputShape() {
        return Shape.of(mean.size());
    }

    @Override
    public Map<String, Tensor> state() {
        Map<String, Tensor> state = new LinkedHashMap<>();
        state.put("mean", mean);
        state.put("logPrecision", logPrecision);
        state.put("initialised", initialised);
        return state;
    }

    @Override
    public void parametersChanged() {
        diagonal.refresh();
    }

    @Override
    public Standardisation copy() {
        return new Standardisation(mean.copy(), logPrecision.copy(), initialised.copy());
    }

    @Override
    public List<Runnable> gradientTasks(List<? extends Pass> blocks) {
        return List.of();
    }

    @Override
    public Pass pass(int maxRows, Memory memory) {
        return new StandardisationPass(diagonal);
    }

    private record StandardisationPass(Diagonal diagonal) implements Pass {

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
        }
    }
}
