package dev.millrace.bench.compare;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.Flow;
import dev.millrace.data.ReadOptions;
import dev.millrace.data.Table;
import dev.millrace.data.TableReader;
import dev.millrace.model.Model;
import dev.millrace.train.GradientMode;
import dev.millrace.train.RowSource;
import dev.millrace.train.Trainer;
import dev.millrace.train.TrainerSettings;
import dev.millrace.train.TrainingListener;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;

/** Millrace at one work: reads and prints the same lines as the driver of the other libraries. */
public final class MillraceCell {

    private static final double NANOSECONDS = 1e9;
    private static final double LEARNING_RATE = 1e-3;

    /** The first warm-up, in terms of a measurement: the JIT needs longer than Python's libraries. */
    private static final int WARM_UP = 4;

    private static final int WITHOUT_END = Integer.MAX_VALUE;

    /** Fewer rows are not worth a second thread. */
    private static final int LEAST_ROWS = 128;

    private final Work work;
    private final int threads;
    private final Path folder;
    private final double seconds;
    private final Flow flow;
    private final double[] rows;
    /** Where their number is fixed. */
    private final int steps;

    private final ForkJoinPool pool;
    private final Set<String> warm = new HashSet<>();

    private MillraceCell(Work work, int threads, Path folder, double seconds) throws IOException {
        this.work = work;
        this.threads = threads;
        this.folder = folder;
        this.seconds = seconds;
        String id = work.subject().id();
        this.flow = Model.read(folder.resolve(id + ".safetensors")).flow();
        this.rows = read(folder.resolve(id + "-rows.npy")).values();
        this.steps = new ObjectMapper()
                .readTree(folder.resolve(Preparation.WORKS).toFile())
                .at("/" + work.name() + "/steps")
                .asInt();
        this.pool = new ForkJoinPool(threads);
    }

    /** Arguments: work, threads, folder with the prepared files, seconds to measure. */
    public static void main(String[] arguments) throws IOException {
        Work work = Work.all().stream()
                .filter(one -> one.name().equals(arguments[0]))
                .findFirst()
                .orElseThrow();
        MillraceCell cell = new MillraceCell(
                work, Integer.parseInt(arguments[1]), Path.of(arguments[2]), Double.parseDouble(arguments[3]));
        String version = "Java " + System.getProperty("java.version");
        say(new Hello(null, false, version, "", cell.flow.parameterCount(), null));
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (input.readLine() != null) {
            say(cell.run());
        }
    }

    private static void say(Object tree) throws IOException {
        System.out.println(new ObjectMapper().writeValueAsString(tree));
    }

    private static Table read(Path file) throws IOException {
        return new TableReader(ReadOptions.defaults()).read(file).table();
    }

    private Map<String, Double> run() throws IOException {
        Map<String, Double> values = new LinkedHashMap<>();
        switch (work.kind()) {
            case TRAIN -> train(values);
            case SCORE -> score(values);
            case FILE -> scoreFile(values);
            case START -> values.put("log-likelihood, nats", meanLogProb(steps(GradientMode.KEEP)));
            case DEPTH -> steps(GradientMode.RECOMPUTE);
        }
        values.put("peak memory, MB", peakMemory());
        return values;
    }

    private void train(Map<String, Double> values) {
        Clock clock = new Clock(work.batch(), warmUp("train"), seconds);
        fit(GradientMode.KEEP, clock);
        values.put("rows/s", clock.rate());
    }

    /** A fixed number of steps. */
    private Flow steps(GradientMode mode) {
        int[] left = {steps};
        return fit(mode, new TrainingListener() {
            @Override
            public void stepDone(int epoch, int rowsDone, int rows, double fraction) {
                left[0]--;
            }

            @Override
            public boolean stopRequested() {
                return left[0] <= 0;
            }
        });
    }

    private Flow fit(GradientMode mode, TrainingListener listener) {
        TrainerSettings settings = TrainerSettings.builder()
                .epochs(WITHOUT_END)
                .patience(WITHOUT_END)
                .batchSize(work.batch())
                .learningRate(LEARNING_RATE)
                .threads(threads)
                .gradientMode(mode)
                .build();
        RowSource none = RowSource.of(new double[0], flow.dimension());
        return new Trainer(settings)
                .fit(flow, RowSource.of(rows, flow.dimension()), none, listener)
                .flow();
    }

    private double meanLogProb(Flow trained) {
        double[] logProb = new double[rows.length / flow.dimension()];
        trained.logProb(rows, logProb.length, logProb);
        return Arrays.stream(logProb).average().orElseThrow();
    }

    /** Seconds before a measurement. */
    private double warmUp(String measure) {
        return warm.add(measure) ? WARM_UP * seconds : 0;
    }

    /** Counts steps after the first and a warm-up, and stops the run. */
    private static final class Clock implements TrainingListener {

        private final int batch;
        private final double warmUp;
        private final double measured;
        private long first;
        private long start;
        private long now;
        private long steps;

        Clock(int batch, double warmUp, double measured) {
            this.batch = batch;
            this.warmUp = warmUp * NANOSECONDS;
            this.measured = measured * NANOSECONDS;
        }

        @Override
        public void stepDone(int epoch, int rowsDone, int rows, double fraction) {
            now = System.nanoTime();
            if (first == 0) {
                first = now;
            }
            if (start != 0) {
                steps++;
            } else if (now - first >= warmUp) {
                start = now;
            }
        }

        @Override
        public boolean stopRequested() {
            return steps > 0 && now - start >= measured;
        }

        double rate() {
            return steps * batch * NANOSECONDS / (now - start);
        }
    }

    private void score(Map<String, Double> values) {
        int dimension = flow.dimension();
        for (int batch : Work.SCORED) {
            double[] some = new double[batch * dimension];
            for (int i = 0; i < some.length; i++) {
                some[i] = rows[i % rows.length];
            }
            double[] scores = new double[batch];
            rate(values, "score " + batch + ", rows/s", batch, () -> scoreInParts(some, scores));
        }
        int drawn = Work.SCORED.get(Work.SCORED.size() - 1);
        rate(
                values,
                "sample " + drawn + ", rows/s",
                drawn,
                () -> inParts(drawn, (from, to) -> flow.sampleWithLogProb(from, to - from, 1, 1)));
    }

    /** Rows a second, after a warm-up. */
    private void rate(Map<String, Double> values, String name, int units, Runnable action) {
        callsPerSecond(action, warmUp(name));
        values.put(name, units * callsPerSecond(action, seconds));
    }

    private static double callsPerSecond(Runnable action, double seconds) {
        long calls = 0;
        long start = System.nanoTime();
        long now;
        do {
            action.run();
            calls++;
            now = System.nanoTime();
        } while (now - start < seconds * NANOSECONDS);
        return calls * NANOSECONDS / (now - start);
    }

    private void scoreFile(Map<String, Double> values) throws IOException {
        long start = System.nanoTime();
        long count =
                FileScoring.score(flow, folder.resolve(Work.FILE), folder.resolve("scores.npy"), work.batch(), pool);
        values.put("rows/s", count * NANOSECONDS / (System.nanoTime() - start));
    }

    private void scoreInParts(double[] some, double[] scores) {
        int dimension = flow.dimension();
        inParts(scores.length, (first, last) -> {
            int most = Math.min(work.batch(), last - first);
            double[] part = new double[most * dimension];
            double[] logProb = new double[most];
            for (int from = first; from < last; from += most) {
                int n = Math.min(most, last - from);
                System.arraycopy(some, from * dimension, part, 0, n * dimension);
                flow.logProb(part, n, logProb);
                System.arraycopy(logProb, 0, scores, from, n);
            }
        });
    }

    private interface Part {
        void run(int from, int to);
    }

    /** Shares rows among the threads. */
    private void inParts(int count, Part part) {
        int parts = Math.max(1, Math.min(threads, count / LEAST_ROWS));
        if (parts == 1) {
            part.run(0, count);
            return;
        }
        pool.submit(() -> IntStream.range(0, parts)
                        .parallel()
                        .forEach(i ->
                                part.run((int) ((long) count * i / parts), (int) ((long) count * (i + 1) / parts))))
                .join();
    }

    /** Most resident memory so far, in MB; null where the system does not say. */
    private static Double peakMemory() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return null;
        }
        String line = Files.readAllLines(status).stream()
                .filter(one -> one.startsWith("VmHWM:"))
                .findFirst()
                .orElseThrow();
        return Long.parseLong(line.replaceAll("\\D", "")) * 1024 / 1e6;
    }
}
