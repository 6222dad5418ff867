package dev.millrace.bijection;

import dev.millrace.kernel.Memory;
import dev.millrace.net.Tensor;
import java.util.List;
import java.util.Map;

/**
 * A bijection run the other way. It transforms in both directions, but has no gradient: train the bijection itself.
 *
 * @param bijection whose inverse this is
 */
public record Inverse(Bijection bijection) implements Bijection {

    @Override
    public Shape inputShape() {
        return bijection.outputShape();
    }

    @Override
    public Shape outputShape() {
        return bijection.inputShape();
    }

    @Override
    public int width() {
        return bijection.width();
    }

    @Override
    public Map<String, Tensor> state() {
        return bijection.state();
    }

    @Override
    public void parametersChanged() {
        bijection.parametersChanged();
    }

    @Override
    public Inverse copy() {
        return new Inverse(bijection.copy());
    }

    @Override
    public Bijection inverted() {
        return bijection;
    }

    @Override
    public List<Runnable> gradientTasks(List<? extends Pass> blocks) {
        throw noGradient();
    }

    @Override
    public Pass pass(int maxRows, Memory memory) {
        return new InversePass(bijection.pass(maxRows, memory));
    }

    private static UnsupportedOperationException noGradient() {
        return new UnsupportedOperationException(
                "an inverse has no gradient; train the bijection itself, then take its inverse");
    }

    private record InversePass(Pass pass) implements Pass {

        @Override
        public void forward(int rows, double[] x, double[] z, double[] logDet) {
            pass.inverse(rows, x, z, logDet);
        }

        @Override
        public void inverse(int rows, double[] z, double[] x, double[] logDet) {
            pass.forward(rows, z, x, logDet);
        }

        @Override
        public void backward(int rows, double[] x, double[] dz, double[] dLogDet, double[] dx) {
            throw noGradient();
        }
    }
}
