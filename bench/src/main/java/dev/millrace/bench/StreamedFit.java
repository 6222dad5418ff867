package dev.millrace.bench;

import dev.millrace.data.AtomicFile;
import dev.millrace.data.ReadOptions;
import dev.millrace.data.ReadResult;
import dev.millrace.data.Split;
import dev.millrace.data.Table;
import dev.millrace.data.TableReader;
import dev.millrace.data.TableWriter;
import dev.millrace.data.WriteOptions;
import dev.millrace.kernel.SplitMix;
import dev.millrace.model.Model;
import dev.millrace.train.RowSource;
import dev.millrace.train.Trainer;
import dev.millrace.train.TrainerSettings;
import dev.millrace.train.TrainingListener;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Makes a large table, and trains on it from disk or from memory: see {@code bench/stream}. */
public final class StreamedFit {

    private static final int COLUMNS = 16;
    private static final int WARM_UP_STEPS = 500;
    private static final Workload WORKLOAD = new Workload(COLUMNS, 128, 8, 512);

    /** A thousandth, so that hardly any time goes there. */
    private static final double VALIDATION = 1e-3;

    private StreamedFit() {}

    /** {@code generate FILE ROWS}, {@code disk FILE STEPS} or {@code memory FILE STEPS}. */
    public static void main(String[] arguments) throws IOException {
        Path file = Path.of(arguments[1]);
        int count = Integer.parseInt(arguments[2]);
        switch (arguments[0]) {
            case "generate" -> generate(file, count);
            case "disk" -> fit(file, count, "disk", ReadOptions.defaults());
            case "memory" -> fit(file, count, "memory", ReadOptions.defaults().withMemory(Long.MAX_VALUE));
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    private static void generate(Path file, int rows) throws IOException {
        Files.createDirectories(file.getParent());
        if (file.toString().endsWith(".npy")) {
            writeFloats(file, rows);
        } else {
            List<String> names =
                    IntStream.range(0, COLUMNS).mapToObj(i -> "x" + (i + 1)).toList();
            try (TableWriter writer = TableWriter.open(file, names, WriteOptions.defaults())) {
                double[] row = new double[COLUMNS];
                for (int i = 0; i < rows; i++) {
                    fill(row, i);
                    writer.writeRow(row);
                }
                writer.commit();
            }
        }
    }

    private static void writeFloats(Path file, int rows) throws IOException {
        String text = "{'descr': '<f4', 'fortran_order': False, 'shape': (" + rows + ", " + COLUMNS + "), }";
        byte[] header = ("\u0093NUMPY\u0001\0v\0" + text + " ".repeat(117 - text.length()) + "\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer buffer = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
        try (AtomicFile whole = AtomicFile.create(file)) {
            OutputStream out = Channels.newOutputStream(whole.channel());
            out.write(header);
            double[] row = new double[COLUMNS];
            for (int i = 0; i < rows; i++) {
                if (buffer.remaining() < COLUMNS * Float.BYTES) {
                    out.write(buffer.array(), 0, buffer.position());
                    buffer.clear();
                }
                fill(row, i);
                for (double value : row) {
                    buffer.putFloat((float) value);
                }
            }
            out.write(buffer.array(), 0, buffer.position());
            whole.commit();
        }
    }

    /** Each number depends on the one before it, and on nothing else. All are floats. */
    private static void fill(double[] row, int number) {
        SplitMix random = new SplitMix(number);
        double before = 0;
        for (int i = 0; i < row.length; i++) {
            double noise = random.nextDouble() + random.nextDouble() - 1;
            row[i] = (float) (before * before - 0.5 + noise);
            before = Math.max(-1, Math.min(1, row[i]));
        }
    }

    private static void fit(Path file, int steps, String where, ReadOptions options) throws IOException {
        long started = System.nanoTime();
        ReadResult read = new TableReader(options).read(file);
        Split split = Split.of(read.table().rows(), VALIDATION, 1);
        double reading = (System.nanoTime() - started) / 1e9;
        Meter meter = new Meter(steps);
        TrainerSettings settings = TrainerSettings.builder()
                .batchSize(WORKLOAD.batch())
                .threads(Runtime.getRuntime().availableProcessors())
                .seed(1)
                .build();
        Model model = new Model(
                new Trainer(settings)
                        .fit(
                                WORKLOAD.flow(),
                                new Rows(split.train(read.table())),
                                new Rows(split.validation(read.table())),
                                meter)
                        .flow(),
                Map.of(),
                Map.of(),
                List.of());
        System.out.printf(
                "%-6s  heap %,d MB, %,d rows of %d (%s), read in %.1f s, %,.0f rows a second,"
                        + " %.2f µs of processor time a row, model %s%n",
                where,
                Runtime.getRuntime().maxMemory() >> 20,
                read.table().rows(),
                COLUMNS,
                read.onDisk().orElse("in memory"),
                reading,
                meter.rowsPerSecond(),
                meter.processorMicrosPerRow(),
                model.sha256().substring(0, 16));
    }

    /** The rows as they are. */
    private record Rows(Table table) implements RowSource {

        @Override
        public int rows() {
            return table.rows();
        }

        @Override
        public int dimension() {
            return COLUMNS;
        }

        @Override
        public void read(int row, int epoch, double[] into, int at) {
            table.copyRow(row, into, at);
        }
    }

    /** Counts the rows after a warm-up, and ends the training. */
    private static final class Meter implements TrainingListener {

        private final int most;
        private int steps;
        private long rows;
        private long began;
        private long ended;
        private Duration processorBegan = Duration.ZERO;
        private Duration processorEnded = Duration.ZERO;
        private int before;

        Meter(int most) {
            this.most = most;
        }

        @Override
        public void stepDone(int epoch, int rowsDone, int rowsOfEpoch, double fraction) {
            steps++;
            if (steps == WARM_UP_STEPS) {
                began = System.nanoTime();
                processorBegan = processorTime();
            } else if (steps > WARM_UP_STEPS && steps <= most) {
                rows += rowsDone - (rowsDone > before ? before : 0);
                ended = System.nanoTime();
            }
            if (steps == most) {
                processorEnded = processorTime();
            }
            before = rowsDone;
        }

        @Override
        public boolean stopRequested() {
            return steps >= most;
        }

        private static Duration processorTime() {
            return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
        }

        /** Of all threads, those that compile and collect garbage among them. */
        double processorMicrosPerRow() {
            return processorEnded.minus(processorBegan).toNanos() / 1e3 / rows;
        }

        double rowsPerSecond() {
            return rows / ((ended - began) / 1e9);
        }
    }
}
