package dev.millrace.bijection;

import dev.millrace.kernel.Memory;
import dev.millrace.kernel.SplitMix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows that have gone through a bijection, in a pass of their own. */
final class Run {

    private final Bijection.Pass pass;
    private final int rows;
    final double[] x;
    final double[] z;
    final double[] logDet;

    private Run(Bijection bijection, Bijection.Pass pass, double[] x, double[] z) {
        this.pass = pass;
        this.rows = x.length / bijection.dimension();
        this.x = x;
        this.z = z;
        this.logDet = new double[rows];
    }

    static Run forward(Bijection bijection, double[] x) {
        return forward(bijection, x, bijection.pass(x.length / bijection.dimension(), Memory.kept()));
    }

    static Run forward(Bijection bijection, double[] x, Bijection.Pass pass) {
        Run run = new Run(bijection, pass, x, new double[x.length]);
        pass.forward(run.rows, run.x, run.z, run.logDet);
        return run;
    }

    static Run inverse(Bijection bijection, double[] z) {
        return inverse(bijection, z, bijection.pass(z.length / bijection.dimension(), Memory.kept()));
    }

    static Run inverse(Bijection bijection, double[] z, Bijection.Pass pass) {
        Run run = new Run(bijection, pass, new double[z.length], z);
        pass.inverse(run.rows, run.z, run.x, run.logDet);
        return run;
    }

    /** The gradient with respect to x. */
    double[] backward(double[] dz, double[] dLogDet) {
        double[] dx = new double[x.length];
        pass.backward(rows, x, dz, dLogDet, dx);
        return dx;
    }

    /** Sets the parameters' gradient from these runs, which have gone backward. */
    static void setGradient(Bijection bijection, Run... runs) {
        List<Bijection.Pass> passes = new ArrayList<>();
        for (Run run : runs) {
            passes.add(run.pass);
        }
        bijection.gradientTasks(passes).forEach(Runnable::run);
    }

    /** Rows of moderate numbers of this domain. */
    static double[] rows(Bijections.Domain domain, int rows, int dimension, long seed) {
        double[] numbers = numbers(rows * dimension, seed);
        if (domain == Bijections.Domain.UNIT_INTERVAL) {
            Arrays.setAll(numbers, i -> 0.5 + 0.24 * numbers[i]);
        }
        return numbers;
    }

    /** Numbers in (−2, 2). */
    static double[] numbers(int n, long seed) {
        SplitMix random = new SplitMix(seed);
        double[] numbers = new double[n];
        Arrays.setAll(numbers, i -> 4 * random.nextOpen() - 2);
        return numbers;
    }
}
