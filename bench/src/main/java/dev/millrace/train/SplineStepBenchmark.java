package dev.millrace.train;

import dev.millrace.bench.Workload;
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
 * One training step of the neural spline flow that tables are fitted with by default. It needs twice the warming up of a
 * RealNVP: there is more code to compile.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 10, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 12, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class SplineStepBenchmark {

    /** Dimension, hidden width, couplings, batch. */
    @Param({"7,64,6,512", "43,128,6,256"})
    public String size;

    /** Threads that share the work. */
    @Param({"1", "2"})
    public int threads;

    private Stepper stepper;

    /** Makes the flow and some batches. */
    @Setup
    public void setUp() {
        Workload workload = Workload.of(size);
        stepper = new Stepper(workload.splineFlow(), workload.batch(), threads);
    }

    /** Lets the threads go. */
    @TearDown
    public void tearDown() {
        stepper.close();
    }

    /** One step. */
    @Benchmark
    public double step() {
        return stepper.step();
    }
}
