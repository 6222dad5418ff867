package dev.millrace.train;

import dev.millrace.Flow;
import dev.millrace.bench.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordingFile;

/**
 * Where the time of a training step goes, by the JVM's own samples: for the methods that are no kernels, their time in each
 * kernel and outside of kernels.
 */
public final class StepProfile {

    private static final String SPLINE = "spline:";
    private static final String PROJECT = "dev.millrace.";
    private static final String KERNELS = "dev.millrace.kernel.";
    private static final long WARM_UP = Duration.ofSeconds(5).toNanos();
    private static final long WATCHED = Duration.ofSeconds(15).toNanos();
    private static final double LEAST_SHARE = 0.005;

    private StepProfile() {}

    /**
     * Arguments: a size such as {@code 8,128,8,512}, {@code spline:7,64,6,512} for a spline flow, or {@code nice} for the NICE
     * of MNIST; threads.
     */
    public static void main(String[] arguments) throws IOException {
        int threads = Integer.parseInt(arguments[1]);
        try (Stepper stepper = stepper(arguments[0], threads);
                Recording recording = new Recording()) {
            run(stepper, WARM_UP);
            recording.enable("jdk.ExecutionSample").withPeriod(Duration.ofMillis(10));
            recording.start();
            double milliseconds = run(stepper, WATCHED);
            recording.stop();
            print(arguments[0], threads, milliseconds, samples(recording));
        }
    }

    private static Stepper stepper(String size, int threads) {
        if (size.equals("nice")) {
            return new Stepper(Flow.nice(784).build(), 128, threads);
        }
        boolean spline = size.startsWith(SPLINE);
        Workload workload = Workload.of(spline ? size.substring(SPLINE.length()) : size);
        return new Stepper(spline ? workload.splineFlow() : workload.flow(), workload.batch(), threads);
    }

    /** @return milliseconds a step */
    private static double run(Stepper stepper, long nanoseconds) {
        long start = System.nanoTime();
        long steps = 0;
        while (System.nanoTime() - start < nanoseconds) {
            stepper.step();
            steps++;
        }
        return (System.nanoTime() - start) / 1e6 / steps;
    }

    private static Map<String, Integer> samples(Recording recording) throws IOException {
        Path file = Files.createTempFile("millrace", ".jfr");
        try {
            recording.dump(file);
            Map<String, Integer> counts = new HashMap<>();
            for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
                if (event.getEventType().getName().equals("jdk.ExecutionSample") && event.getStackTrace() != null) {
                    counts.merge(place(event.getStackTrace().getFrames()), 1, Integer::sum);
                }
            }
            return counts;
        } finally {
            Files.delete(file);
        }
    }

    /** The innermost method of this project that is no kernel, and the kernel that it was in. */
    private static String place(List<RecordedFrame> frames) {
        String kernel = "";
        for (RecordedFrame frame : frames) {
            RecordedMethod method = frame.getMethod();
            String type = method.getType().getName();
            String simple = type.substring(type.lastIndexOf('.') + 1);
            if (type.startsWith(KERNELS)) {
                kernel = kernel.isEmpty() ? " in " + simple + "." + method.getName() : kernel;
            } else if (type.startsWith(PROJECT)) {
                return simple + "." + method.getName() + kernel;
            }
        }
        return "elsewhere" + kernel;
    }

    private static void print(String size, int threads, double milliseconds, Map<String, Integer> counts) {
        double all = counts.values().stream().mapToInt(Integer::intValue).sum();
        System.out.printf(
                Locale.ROOT,
                "%s, threads %d, Java %s: %.2f ms a step%n",
                size,
                threads,
                System.getProperty("java.version"),
                milliseconds);
        counts.entrySet().stream()
                .filter(entry -> entry.getValue() >= LEAST_SHARE * all)
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .forEach(entry ->
                        System.out.printf(Locale.ROOT, "%6.1f %%  %s%n", 100 * entry.getValue() / all, entry.getKey()));
    }
}
