package dev.millrace.kernel;

import java.util.Arrays;
import java.util.Random;

/** Prints the active kernel's name and a digest of its results on a fixed workload, long enough to be compiled. */
final class KernelDigest {

    private static final Kernel KERNEL = Kernels.active();

    private long digest;

    private KernelDigest() {}

    public static void main(String[] args) {
        KernelDigest digest = new KernelDigest();
        Random random = new Random(42);
        for (int i = 0; i < 600; i++) {
            int m = 1 + random.nextInt(17);
            int k = i % 100 == 0 ? 300 : random.nextInt(30);
            digest.products(m, k, random);
            digest.functions(random.nextInt(100), random);
            digest.convolutions(random);
            digest.squares(random.nextInt(9), random);
            digest.softmaxes(random);
        }
        System.out.println(KERNEL.name());
        System.out.println(Long.toHexString(digest.digest));
    }

    private void products(int m, int k, Random random) {
        add(FloatProblem.random(m, 1 + random.nextInt(80), k, random).with(KERNEL));
        add(PanelProblem.random(m, 1 + random.nextInt(150), k, random).inPanels(KERNEL));
        add(RowProblem.random(1 + random.nextInt(150), k, random).withoutZeros(KERNEL));
        add(DoubleProblem.random(m, random.nextInt(30), k, random).with(KERNEL));
    }

    private void convolutions(Random random) {
        int side = random.nextBoolean() ? 1 : 3;
        ConvolutionProblem problem = ConvolutionProblem.random(
                1 + random.nextInt(4),
                1 + random.nextInt(9),
                side,
                1 + random.nextInt(20),
                1 + random.nextInt(70),
                random);
        add(problem.forward(KERNEL));
        add(problem.gradient(KERNEL));
        NormalisationProblem normalisation = NormalisationProblem.random(random);
        add(normalisation.forward(KERNEL));
        add(normalisation.backward(KERNEL));
    }

    private void functions(int n, Random random) {
        double[] values = new double[n];
        float[] floats = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = Math.scalb(2 * random.nextDouble() - 1, random.nextInt(30) - 15);
            floats[i] = (float) values[i];
        }
        KernelFunctions.onDoubles().forEach(function -> {
            double[] y = values.clone();
            function.getPayload().apply(KERNEL, y, n);
            add(y);
        });
        KernelFunctions.onFloats().forEach(function -> {
            float[] y = floats.clone();
            function.getPayload().apply(KERNEL, floats, y, n);
            add(y);
        });
    }

    private void squares(int n, Random random) {
        float[] values = new float[16 * n];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        float[] sums = new float[16];
        KERNEL.addSquares(values, 0, values.length, sums);
        add(sums);
    }

    private void softmaxes(Random random) {
        SoftmaxProblem problem =
                SoftmaxProblem.random(1 + random.nextInt(2), random.nextInt(40), 1 + random.nextInt(9), random);
        add(problem.forward(KERNEL));
        add(problem.backward(KERNEL));
    }

    private void add(double[] values) {
        digest = 31 * digest + Arrays.hashCode(values);
    }

    private void add(float[] values) {
        digest = 31 * digest + Arrays.hashCode(values);
    }
}
