package dev.millrace.bench.compare;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.Flow;
import dev.millrace.data.Table;
import dev.millrace.data.TableWriter;
import dev.millrace.data.WriteOptions;
import dev.millrace.model.Model;
import dev.millrace.train.RowSource;
import dev.millrace.train.Trainer;
import dev.millrace.train.TrainerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The files that all programs begin from: for each flow a model, trained a little so that no layer is the identity, rows,
 * and the log-densities that Millrace gives the first of them.
 */
final class Preparation {

    /** What all programs read about the works. */
    static final String WORKS = "works.json";

    private static final int FILE_ROWS = 1_000_000;
    private static final int QUICK_FILE_ROWS = 50_000;

    /** Batches of rows in a flow's file. */
    private static final int BATCHES = 32;

    /** Batches that are learned before the model is written. */
    private static final int LEARNED = 8;

    private static final int MOST_SCORED = 1000;

    private final Path folder;

    Preparation(Path folder) {
        this.folder = folder;
    }

    /**
     * Writes what the works need.
     *
     * @param quick whether it shall be little
     */
    void write(List<Work> works, boolean quick) throws IOException {
        Files.createDirectories(folder);
        Map<String, Object> trees = new LinkedHashMap<>();
        for (Work work : works) {
            trees.put(work.name(), work.toTree(quick));
            if (work.kind() == Work.Kind.FILE) {
                writeRows(
                        folder.resolve(Work.FILE),
                        work.subject().rows(quick ? QUICK_FILE_ROWS : FILE_ROWS),
                        work.subject().dimension());
            }
        }
        new ObjectMapper().writeValue(folder.resolve(WORKS).toFile(), trees);
        for (Subject subject : works.stream().map(Work::subject).distinct().toList()) {
            write(subject);
        }
    }

    private void write(Subject subject) throws IOException {
        int dimension = subject.dimension();
        double[] rows = subject.rows(BATCHES * subject.batch());
        double[] some = Arrays.copyOf(rows, LEARNED * subject.batch() * dimension);
        TrainerSettings settings =
                TrainerSettings.builder().epochs(1).batchSize(subject.batch()).build();
        RowSource none = RowSource.of(new double[0], dimension);
        Flow flow = new Trainer(settings)
                .fit(subject.flow(), RowSource.of(some, dimension), none)
                .flow();
        double[] scores = new double[Math.min(MOST_SCORED, 2 * subject.batch())];
        flow.logProb(rows, scores.length, scores);
        new Model(flow, Map.of(), Map.of(), List.of()).write(folder.resolve(subject.id() + ".safetensors"));
        writeRows(folder.resolve(subject.id() + "-rows.npy"), rows, dimension);
        writeRows(folder.resolve(subject.id() + "-scores.npy"), scores, 1);
    }

    private static void writeRows(Path file, double[] rows, int dimension) throws IOException {
        List<String> names =
                IntStream.range(0, dimension).mapToObj(i -> "x" + i).toList();
        TableWriter.write(file, Table.of(names, rows), WriteOptions.defaults());
    }
}
