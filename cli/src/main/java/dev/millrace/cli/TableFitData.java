package dev.millrace.cli;

import dev.millrace.data.Fingerprint;
import dev.millrace.data.ReadResult;
import dev.millrace.data.Split;
import dev.millrace.data.Table;
import dev.millrace.data.TableEncoding;
import dev.millrace.report.RowSet;
import dev.millrace.train.RowSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The rows of a table, as a fit uses them.
 *
 * @param train to learn from
 * @param validation that decide when to stop; may have no rows
 * @param test that the final figure is for; may have no rows
 * @param encoding from what the training rows are like
 * @param seed of the noise that the encoding adds
 * @param split of the data into these rows; without test rows where they come from a file of their own
 * @param description for the model's provenance
 */
record TableFitData(
        Table train,
        Table validation,
        Table test,
        TableEncoding encoding,
        long seed,
        Split split,
        Map<String, Object> description)
        implements FitData {

    /**
     * Splits a table.
     *
     * @param testFile test rows that are not in {@code all}
     * @param known the encoding if it is known already; else it is found out
     */
    static TableFitData of(
            ReadResult all, Optional<Table> testFile, DataSettings settings, long seed, Optional<TableEncoding> known) {
        Split split = settings.holdOut().split(all.table().rows(), seed);
        Table train = split.train(all.table());
        Table validation = split.validation(all.table());
        Table test = testFile.orElseGet(() -> split.test(all.table()));
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("rows", all.table().rows());
        tree.put("droppedRows", all.droppedRows());
        tree.put("columns", all.table().columns());
        tree.put(Provenance.FINGERPRINT, Fingerprint.of(all.table()));
        tree.put("trainRows", train.rows());
        tree.put("validationRows", validation.rows());
        tree.put("testRows", test.rows());
        tree.put(Provenance.READING, settings.toTree());
        return new TableFitData(
                train,
                validation,
                test,
                known.orElseGet(() -> TableEncoding.detect(train, settings.dequantize())),
                seed,
                split,
                tree);
    }

    @Override
    public List<RowSet> sets() {
        int[] ofFile = IntStream.rangeClosed(1, test.rows()).toArray();
        return List.of(
                new RowSet(RowSet.Role.TRAINING, train, fromOne(split.train())),
                new RowSet(RowSet.Role.VALIDATION, validation, fromOne(split.validation())),
                new RowSet(RowSet.Role.TEST, test, split.test().length == 0 ? ofFile : fromOne(split.test())));
    }

    private static int[] fromOne(int[] rows) {
        return Arrays.stream(rows).map(row -> row + 1).toArray();
    }

    @Override
    public LikelihoodUnit unit() {
        return new LikelihoodUnit.Nats(encoding.columns().size());
    }

    @Override
    public Map<String, Object> encodingTree() {
        return encoding.toTree();
    }

    @Override
    public RowSource trainRows() {
        return new EncodedRows(train, encoding, seed);
    }

    @Override
    public RowSource validationRows() {
        return new EncodedRows(validation, encoding, seed);
    }

    @Override
    public RowSource testRows() {
        return new EncodedRows(test, encoding, seed);
    }

    @Override
    public FitPlan plan(Overrides given, int threads) {
        return FitDefaults.plan(train.rows(), encoding.columns().size(), given, seed, threads);
    }

    @Override
    public Optional<GaussianBaseline> gaussian() {
        return GaussianBaseline.fit(trainRows());
    }
}
