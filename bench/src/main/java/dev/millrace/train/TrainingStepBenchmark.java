package dev.millrace.train;

import dev.millrace.Flow;
import dev.millrace.bench.Workload;
import dev.millrace.kernel.SplitMix;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One training step: a batch forward and backward, the weights' gradients, Adam. In the package of the trainer, whose
 * step is not public.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 10, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 6, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class TrainingStepBenchmark {

    private static final int BATCHES = 8;

    /** Dimension, hidden width, couplings, batch. */
    @Param({"2,64,8,256", "8,128,8,512", "64,256,10,512"})
    public String size;

    /** Threads that share the work. */
    @Param({"1", "2"})
    public int threads;

    private int batch;
    private RowSource rows;
    private int[] order;
    private Team team;
    private Backpropagation backpropagation;
    private Optimizer optimizer;
    private int step;

    /** Makes the flow and some batches. */
    @Setup
    public void setUp() {
        Workload workload = Workload.of(size);
        batch = workload.batch();
        Flow flow = workload.flow();
        rows = workload.rows(BATCHES * batch);
        order = new SplitMix(1).permutation(rows.rows());
        team = new Team(threads);
        backpropagation = new Backpropagation(flow, batch, GradientMode.KEEP, team);
        optimizer = new Optimizer(new OptimizerSettings.Adam(), Double.POSITIVE_INFINITY, flow.state(), team);
    }

    /** Lets the threads go. */
    @TearDown
    public void tearDown() {
        team.close();
    }

    /** One step. */
    @Benchmark
    public double step() {
        int from = step++ % BATCHES * batch;
        double logProb = backpropagation.run(rows, 0, order, from, from + batch);
        optimizer.step(1e-4);
        backpropagation.parametersChanged();
        return logProb;
    }
}
