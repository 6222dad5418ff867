package dev.millrace.train;

import dev.millrace.bench.Spread;
import dev.millrace.bench.Workload;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.Consumer;
import java.util.stream.DoubleStream;

/**
 * How far two threads' cores are from each other, and what a training step of two threads takes there: a line for each
 * round. Cores of one complex share a third-level cache; a virtual machine's may be moved apart and back at any time.
 */
public final class CoreDistance {

    private static final String[] SIZES = {"2,64,8,256", "8,128,8,512", "64,256,10,512"};
    private static final long WARM_UP_NANOS = 5_000_000_000L;
    private static final long ROUND_NANOS = 300_000_000L;
    private static final int CHUNKS = 21;
    private static final int TRIPS = 1_000;
    private static final int HAND_OVERS = 100;
    private static final int LINES = 4_096;
    private static final int FLOATS_OF_LINE = 16;

    private static volatile float sink;

    private CoreDistance() {}

    /** The argument is the number of rounds. */
    public static void main(String[] arguments) throws InterruptedException {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 30;
        List<Stepper> steppers = new ArrayList<>();
        for (String size : SIZES) {
            Workload workload = Workload.of(size);
            steppers.add(new Stepper(workload.flow(), workload.batch(), 2));
        }
        System.out.printf(
                "Java %s, 2 threads%n%14s  %19s  %-36s%n%14s  %9s %9s  %s%n",
                System.getProperty("java.version"),
                "round trip, ns",
                "writing, ns a line",
                "median ms a step",
                "",
                "it wrote",
                "it read",
                String.join("  ", SIZES));
        steppers.forEach(stepper -> middleStep(stepper, WARM_UP_NANOS));
        for (int round = 0; round < rounds; round++) {
            System.out.printf(
                    Locale.ROOT,
                    "%14.0f  %9.1f %9.1f",
                    roundTrip(),
                    writing(CoreDistance::write),
                    writing(CoreDistance::read));
            for (int i = 0; i < SIZES.length; i++) {
                double millis = middleStep(steppers.get(i), ROUND_NANOS);
                System.out.printf(Locale.ROOT, "  %" + SIZES[i].length() + ".3f", millis);
            }
            System.out.println();
        }
        steppers.forEach(Stepper::close);
    }

    /** Nanoseconds for a cache line to the other thread's core and back. */
    private static double roundTrip() throws InterruptedException {
        int all = CHUNKS * TRIPS;
        AtomicIntegerArray line = new AtomicIntegerArray(64);
        int at = line.length() / 2;
        Thread other = new Thread(() -> {
            for (int trip = 1; trip <= all; trip++) {
                while (line.get(at) != 2 * trip - 1) {}
                line.set(at, 2 * trip);
            }
        });
        other.start();
        long[] times = new long[CHUNKS];
        for (int trip = 1; trip <= all; trip++) {
            long start = System.nanoTime();
            line.set(at, 2 * trip - 1);
            while (line.get(at) != 2 * trip) {}
            times[(trip - 1) / TRIPS] += System.nanoTime() - start;
        }
        other.join();
        return Spread.of(Arrays.stream(times).asDoubleStream()).median() / TRIPS;
    }

    /** Nanoseconds to write a cache line that this core wrote, and that the other core then used. */
    private static double writing(Consumer<float[]> use) throws InterruptedException {
        float[] array = new float[LINES * FLOATS_OF_LINE];
        AtomicInteger turn = new AtomicInteger();
        Thread other = new Thread(() -> {
            for (int i = 0; i < HAND_OVERS; i++) {
                await(turn, 2 * i);
                use.accept(array);
                turn.set(2 * i + 1);
            }
        });
        other.start();
        DoubleStream.Builder times = DoubleStream.builder();
        for (int i = 0; i < HAND_OVERS; i++) {
            await(turn, 2 * i + 1);
            long start = System.nanoTime();
            write(array);
            times.add(System.nanoTime() - start);
            turn.set(2 * i + 2);
        }
        other.join();
        return Spread.of(times.build()).median() / LINES;
    }

    private static void await(AtomicInteger turn, int value) {
        while (turn.get() != value) {
            Thread.onSpinWait();
        }
    }

    private static void write(float[] array) {
        for (int i = 0; i < array.length; i++) {
            array[i] = 0.5f * array[i] + 1;
        }
    }

    private static void read(float[] array) {
        float sum = 0;
        for (int i = 0; i < array.length; i += FLOATS_OF_LINE) {
            sum += array[i];
        }
        sink = sum;
    }

    /** Milliseconds. */
    private static double middleStep(Stepper stepper, long nanos) {
        DoubleStream.Builder times = DoubleStream.builder();
        long begin = System.nanoTime();
        for (long now = begin; now - begin < nanos; ) {
            stepper.step();
            long after = System.nanoTime();
            times.add((after - now) / 1e6);
            now = after;
        }
        return Spread.of(times.build()).median();
    }
}
