package dev.millrace.cli;

import dev.millrace.data.Split;
import dev.millrace.data.Table;
import dev.millrace.data.TableEncoding;
import dev.millrace.report.RowSet;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The rows of a fit.
 *
 * @param train to learn from
 * @param validation that decide when to stop; may have no rows
 * @param test that the final figure is for; may have no rows
 * @param encoding from what the training rows are like
 * @param seed of the noise that the encoding adds
 * @param split of the data into these rows; without test rows where they come from a file of their own
 */
record FitData(Table train, Table validation, Table test, TableEncoding encoding, long seed, Split split) {

    /**
     * Splits a table.
     *
     * @param testFile test rows that are not in {@code all}
     * @param known the encoding if it is known already; else it is found out
     */
    static FitData of(
            Table all, Optional<Table> testFile, DataSettings settings, long seed, Optional<TableEncoding> known) {
        Split split = Split.of(all.rows(), settings.validation(), settings.testFraction(), seed);
        Table train = all.select(split.train());
        return new FitData(
                train,
                all.select(split.validation()),
                testFile.orElseGet(() -> all.select(split.test())),
                known.orElseGet(() -> TableEncoding.detect(train, settings.dequantize())),
                seed,
                split);
    }

    /** All rows, by what the training does with them. */
    List<RowSet> sets() {
        int[] ofFile = IntStream.rangeClosed(1, test.rows()).toArray();
        return List.of(
                new RowSet(RowSet.Role.TRAINING, train, fromOne(split.train())),
                new RowSet(RowSet.Role.VALIDATION, validation, fromOne(split.validation())),
                new RowSet(RowSet.Role.TEST, test, split.test().length == 0 ? ofFile : fromOne(split.test())));
    }

    private static int[] fromOne(int[] rows) {
        return Arrays.stream(rows).map(row -> row + 1).toArray();
    }

    EncodedRows trainRows() {
        return new EncodedRows(train, encoding, seed);
    }

    EncodedRows validationRows() {
        return new EncodedRows(validation, encoding, seed);
    }

    /** The rows for the final figure: the test rows, or without any the validation rows. */
    Table heldOut() {
        return hasTest() ? test : validation;
    }

    boolean hasTest() {
        return test.rows() > 0;
    }
}
