package dev.millrace.train;

import dev.millrace.Flow;
import dev.millrace.bench.Workload;
import dev.millrace.kernel.SplitMix;

/** Takes one training step after another, as a run does: a batch forward and backward, the gradients, Adam. */
final class Stepper implements AutoCloseable {

    private static final int BATCHES = 8;

    private final int batch;
    private final RowSource rows;
    private final int[] order;
    private final Team team;
    private final Backpropagation backpropagation;
    private final Optimizer optimizer;
    private int step;

    Stepper(Flow flow, int batch, int threads) {
        this.batch = batch;
        rows = Workload.rows(flow.dimension(), BATCHES * batch);
        order = new SplitMix(1).permutation(rows.rows());
        team = new Team(threads);
        backpropagation = new Backpropagation(flow, batch, GradientMode.KEEP, team);
        optimizer = new Optimizer(new OptimizerSettings.Adam(), Double.POSITIVE_INFINITY, flow.state(), team);
    }

    double step() {
        int from = step++ % BATCHES * batch;
        double logProb = backpropagation.run(rows, 0, order, from, from + batch);
        optimizer.step(1e-4);
        backpropagation.parametersChanged();
        return logProb;
    }

    @Override
    public void close() {
        team.close();
    }
}
