package dev.millrace.bench;

import dev.millrace.Flow;
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

/** Scoring one row with one thread: the latency that a service sees. */
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

    private Flow flow;
    private double[] row;

    /** Makes the flow and a row. */
    @Setup
    public void setUp() {
        Workload workload = Workload.of(size);
        flow = workload.flow();
        row = new double[workload.dimension()];
        Workload.rows(workload.dimension(), 1).read(0, 0, row, 0);
    }

    /** One row. */
    @Benchmark
    public double row() {
        return flow.logProb(row);
    }
}
