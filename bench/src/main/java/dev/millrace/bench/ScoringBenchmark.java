package dev.millrace.bench;

import dev.millrace.Flow;
import dev.millrace.train.RowSource;
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
import org.openjdk.jmh.annotations.Warmup;

/** Scoring one row with one thread, another each time: the latency that a service sees. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 10, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 5, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 3, time = 400, timeUnit = TimeUnit.MILLISECONDS)
public class ScoringBenchmark {

    /** Dimension, hidden width, couplings, batch (unused). */
    @Param({"2,64,8,256", "8,128,8,512", "64,256,10,512"})
    public String size;

    /** Each leaves out other weights, so that one row over and over would find more of its own in the cache. */
    private static final int ROWS = 64;

    private Flow flow;
    private double[][] rows;
    private int next;

    /** Makes the flow and rows. */
    @Setup
    public void setUp() {
        Workload workload = Workload.of(size);
        flow = workload.flow();
        rows = new double[ROWS][workload.dimension()];
        RowSource source = Workload.rows(workload.dimension(), ROWS);
        for (int i = 0; i < ROWS; i++) {
            source.read(i, 0, rows[i], 0);
        }
    }

    /** One row. */
    @Benchmark
    public double row() {
        next = (next + 1) % ROWS;
        return flow.logProb(rows[next]);
    }
}
