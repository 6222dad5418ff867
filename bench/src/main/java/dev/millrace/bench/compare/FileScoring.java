package dev.millrace.bench.compare;

import dev.millrace.Flow;
import dev.millrace.data.DataSource;
import dev.millrace.data.ReadOptions;
import dev.millrace.data.RowSink;
import dev.millrace.data.TableReader;
import dev.millrace.data.TableWriter;
import dev.millrace.data.WriteOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;

/** Scores the rows of a file into another, batch by batch while they are read, on several threads. */
final class FileScoring implements RowSink {

    private final Flow flow;
    private final ForkJoinPool pool;
    private final int mostWaiting;
    private final TableWriter output;
    private final Queue<ForkJoinTask<double[]>> waiting = new ArrayDeque<>();
    private final double[] batch;
    private int rows;

    private FileScoring(Flow flow, int batch, ForkJoinPool pool, TableWriter output) {
        this.flow = flow;
        this.pool = pool;
        this.mostWaiting = 2 * pool.getParallelism();
        this.output = output;
        this.batch = new double[batch * flow.dimension()];
    }

    /**
     * Scores a whole file.
     *
     * @param batch rows that are scored at once
     * @param pool that scores them
     * @return how many rows there were
     */
    static long score(Flow flow, Path from, Path to, int batch, ForkJoinPool pool) throws IOException {
        try (TableWriter output = TableWriter.open(to, List.of("logProb"), WriteOptions.defaults())) {
            FileScoring scoring = new FileScoring(flow, batch, pool, output);
            long rows = new TableReader(ReadOptions.defaults())
                    .stream(new DataSource.File(from), scoring).kept();
            scoring.finish();
            output.commit();
            return rows;
        }
    }

    @Override
    public boolean needsText() {
        return false;
    }

    @Override
    public void row(long line, List<String> rawCells, double[] values) throws IOException {
        System.arraycopy(values, 0, batch, rows++ * values.length, values.length);
        if (rows * values.length == batch.length) {
            submit();
        }
    }

    private void submit() throws IOException {
        double[] some = Arrays.copyOf(batch, rows * flow.dimension());
        rows = 0;
        waiting.add(pool.submit(() -> {
            double[] logProb = new double[some.length / flow.dimension()];
            flow.logProb(some, logProb.length, logProb);
            return logProb;
        }));
        if (waiting.size() > mostWaiting) {
            writeOldest();
        }
    }

    private void finish() throws IOException {
        if (rows > 0) {
            submit();
        }
        while (!waiting.isEmpty()) {
            writeOldest();
        }
    }

    private void writeOldest() throws IOException {
        double[] logProb = waiting.remove().join();
        for (int row = 0; row < logProb.length; row++) {
            output.writeRow(logProb, row);
        }
    }
}
