package dev.millrace.train;

import dev.millrace.bench.Spread;
import dev.millrace.bench.Workload;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Training from a JVM that has compiled nothing yet: how long the first step takes, and what warming up costs in all. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 10, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 0)
@Measurement(iterations = 1)
public class ColdStartBenchmark {

    private static final long WATCHED = TimeUnit.SECONDS.toNanos(4);

    /** Dimension, hidden width, couplings, batch. */
    @Param({"2,64,8,256", "8,128,8,512", "64,256,10,512"})
    public String size;

    /** What a fork found. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Cold {

        /** The first step. */
        public long firstStepMicros;

        /** By how much all steps took longer than the median of the last half would have taken. */
        public long lostMicros;
    }

    /** Some seconds of steps by one thread. */
    @Benchmark
    public long train(Cold cold) {
        Workload workload = Workload.of(size);
        try (Stepper stepper = new Stepper(workload.flow(), workload.batch(), 1)) {
            LongStream.Builder watched = LongStream.builder();
            long start = System.nanoTime();
            long before = start;
            while (before - start < WATCHED) {
                stepper.step();
                long after = System.nanoTime();
                watched.add(after - before);
                before = after;
            }
            long[] steps = watched.build().toArray();
            long[] late = Arrays.copyOfRange(steps, steps.length / 2, steps.length);
            double steady = Spread.of(Arrays.stream(late).asDoubleStream()).median();
            cold.firstStepMicros = TimeUnit.NANOSECONDS.toMicros(steps[0]);
            cold.lostMicros = TimeUnit.NANOSECONDS.toMicros(before - start - (long) (steady * steps.length));
            return steps.length;
        }
    }
}
