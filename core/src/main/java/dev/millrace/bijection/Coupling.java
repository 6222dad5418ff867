package dev.millrace.bijection;

import dev.millrace.kernel.Memory;
import dev.millrace.kernel.Padding;
import dev.millrace.net.Network;
import dev.millrace.net.Tensor;
import dev.millrace.transformer.Transformer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A coupling layer: z^A = x^A and z^B = f̂(x^B given ψ(x^A)), with the conditioner ψ a network and f̂ a transformer
 * (Dinh et al., arXiv 1410.8516, equation 5). A passes bit for bit, so that the inverse sees the very same parameters.
 */
public final class Coupling implements Bijection {

    /**
     * The conditioner sees entries of A limited to this size, so that an extreme row cannot overflow its floats. A
     * coupling is invertible whatever function of A the conditioner is.
     */
    private static final float CONDITIONER_LIMIT = 1e12f;

    private final Partition partition;
    private final Network conditioner;
    private final Transformer transformer;

    private Coupling(Partition partition, Network conditioner, Transformer transformer) {
        this.partition = partition;
        this.conditioner = conditioner;
        this.transformer = transformer;
    }

    /**
     * A coupling of these parts.
     *
     * @throws IllegalArgumentException if the conditioner's inputs are not A's entries, or its outputs not the
     *     parameters of B's transformer
     */
    public static Coupling of(Partition partition, Network conditioner, Transformer transformer) {
        int untouched = partition.untouched().length;
        int transformed = partition.transformed().length;
        int parameters = transformed * transformer.parametersPerEntry();
        if (transformer.entries() != transformed) {
            throw new IllegalArgumentException("the partition transforms " + transformed
                    + " entries, but the transformer takes " + transformer.entries());
        }
        if (conditioner.inputs() != untouched || conditioner.outputs() != parameters) {
            throw new IllegalArgumentException("the conditioner must take " + untouched + " entries and give "
                    + parameters + " parameters, but it takes " + conditioner.inputs() + " and gives "
                    + conditioner.outputs());
        }
        return new Coupling(partition, conditioner, transformer);
    }

    public Partition partition() {
        return partition;
    }

    public Network conditioner() {
        return conditioner;
    }

    public Transformer transformer() {
        return transformer;
    }

    @Override
    public Shape inputShape() {
        return Shape.of(partition.dimension());
    }

    @Override
    public int width() {
        return Math.max(dimension(), conditioner.width());
    }

    @Override
    public Map<String, Tensor> state() {
        Map<String, Tensor> state = new LinkedHashMap<>();
        conditioner.state().forEach((name, tensor) -> state.put("conditioner." + name, tensor));
        transformer.state().forEach((name, tensor) -> state.put("transformer." + name, tensor));
        return state;
    }

    @Override
    public void parametersChanged() {
        conditioner.parametersChanged();
    }

    @Override
    public void initialise(double[] x, int rows) {
        int[] a = partition.untouched();
        float[] inputs = new float[Math.multiplyExact(rows, Padding.stride(a.length))];
        gatherConditionerInput(rows, x, partition.dimension(), a, inputs);
        conditioner.initialise(inputs, rows);
        Moments moments = Moments.of(x, rows, partition.dimension());
        transformer.initialise(ofTransformed(moments.mean()), ofTransformed(moments.deviation()));
    }

    private double[] ofTransformed(double[] row) {
        return Arrays.stream(partition.transformed()).mapToDouble(j -> row[j]).toArray();
    }

    private static void gatherConditionerInput(int rows, double[] x, int dimension, int[] a, float[] input) {
        int stride = Padding.stride(a.length);
        for (int row = 0; row < rows; row++) {
            int from = row * dimension;
            int to = row * stride;
            for (int j = 0; j < a.length; j++) {
                float value = (float) x[from + a[j]];
                input[to + j] = Math.abs(value) <= CONDITIONER_LIMIT ? value : limited(value);
            }
        }
    }

    private static float limited(float value) {
        return Math.max(-CONDITIONER_LIMIT, Math.min(CONDITIONER_LIMIT, value));
    }

    @Override
    public Coupling copy() {
        return new Coupling(partition, conditioner.copy(), transformer.copy());
    }

    @Override
    public List<Runnable> gradientTasks(List<? extends Pass> blocks) {
        List<CouplingPass> passes =
                blocks.stream().map(CouplingPass.class::cast).toList();
        List<Runnable> tasks = new ArrayList<>();
        tasks.addAll(conditioner.gradientTasks(
                passes.stream().map(pass -> pass.network).toList()));
        tasks.addAll(transformer.gradientTasks(
                passes.stream().map(pass -> pass.elementwise).toList()));
        return tasks;
    }

    @Override
    public Pass pass(int maxRows, Memory memory) {
        return new CouplingPass(this, maxRows, memory);
    }

    private static final class CouplingPass implements Pass {

        private final int dimension;
        private final int[] a;
        private final int[] b;
        private final Network.Pass network;
        private final Transformer.Pass elementwise;
        private final double[] xB;
        private final double[] zB;
        private final double[] dxB;

        CouplingPass(Coupling coupling, int maxRows, Memory memory) {
            dimension = coupling.partition.dimension();
            a = coupling.partition.untouched();
            b = coupling.partition.transformed();
            network = coupling.conditioner.pass(maxRows, memory);
            elementwise = coupling.transformer.pass(maxRows, memory);
            xB = memory.doubles(Math.multiplyExact(maxRows, b.length));
            zB = memory.scratch().doubles(maxRows * b.length);
            dxB = memory.scratch().doubles(maxRows * b.length);
        }

        @Override
        public void forward(int rows, double[] x, double[] z, double[] logDet) {
            runConditioner(rows, x);
            gather(rows, x, xB);
            elementwise.forward(rows, xB, network.output(), zB, logDet);
            System.arraycopy(x, 0, z, 0, rows * dimension);
            scatter(rows, zB, z);
        }

        @Override
        public void inverse(int rows, double[] z, double[] x, double[] logDet) {
            runConditioner(rows, z);
            gather(rows, z, zB);
            elementwise.inverse(rows, zB, network.output(), xB, logDet);
            System.arraycopy(z, 0, x, 0, rows * dimension);
            scatter(rows, xB, x);
        }

        @Override
        public void backward(int rows, double[] x, double[] dz, double[] dLogDet, double[] dx) {
            gather(rows, dz, zB);
            elementwise.backward(rows, xB, zB, dLogDet, dxB, network.outputGradient());
            network.backward(rows);
            System.arraycopy(dz, 0, dx, 0, rows * dimension);
            scatter(rows, dxB, dx);
            addInputGradient(rows, x, dx);
        }

        private void runConditioner(int rows, double[] x) {
            gatherConditionerInput(rows, x, dimension, a, network.input());
            network.forward(rows);
        }

        /** What was limited has no influence. */
        private void addInputGradient(int rows, double[] x, double[] dx) {
            float[] gradient = network.inputGradient();
            int stride = Padding.stride(a.length);
            for (int row = 0; row < rows; row++) {
                int to = row * dimension;
                int from = row * stride;
                for (int j = 0; j < a.length; j++) {
                    if (Math.abs((float) x[to + a[j]]) <= CONDITIONER_LIMIT) {
                        dx[to + a[j]] += gradient[from + j];
                    }
                }
            }
        }

        private void gather(int rows, double[] full, double[] part) {
            for (int row = 0, at = 0; row < rows; row++) {
                int from = row * dimension;
                for (int index : b) {
                    part[at++] = full[from + index];
                }
            }
        }

        private void scatter(int rows, double[] part, double[] full) {
            for (int row = 0, at = 0; row < rows; row++) {
                int to = row * dimension;
                for (int index : b) {
                    full[to + index] = part[at++];
                }
            }
        }
    }
}
