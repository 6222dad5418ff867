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

    /** Dimension, hidden width, couplings, batch. */
    @Param({"2,64,8,256", "8,128,8,512", "64,256,10,512"})
    public String size;

    /** Threads that share the work. */
    @Param({"1", "2"})
    public int threads;

    /** Whether flows of other kinds are trained in the same JVM: never, before, or at the same time on another core. */
    @Param({"never", "before", "beside"})
    public String others;

    private Stepper stepper;
    private OtherFlows otherFlows;

    /** Makes the flow and some batches, and trains others first where they are wanted. */
    @Setup
    public void setUp() {
        otherFlows = new OtherFlows();
        switch (others) {
            case "before" -> otherFlows.train();
            case "beside" -> otherFlows.trainOn();
            default -> {}
        }
        Workload workload = Workload.of(size);
        stepper = new Stepper(workload.flow(), workload.batch(), threads);
    }

    /** Lets the threads go. */
    @TearDown
    public void tearDown() {
        stepper.close();
        otherFlows.close();
    }

    /** One step. */
    @Benchmark
    public double step() {
        return stepper.step();
    }
}
