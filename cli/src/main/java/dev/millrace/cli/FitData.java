package dev.millrace.cli;

import dev.millrace.data.Split;
import dev.millrace.data.Table;
import dev.millrace.data.TableEncoding;
import java.util.Optional;

/**
 * The rows of a fit.
 *
 * @param train to learn from
 * @param validation that decide when to stop; may have no rows
 * @param test that the final figure is for; may have no rows
 * @param encoding from what the training rows are like
 * @param seed of the noise that the encoding adds
 */
record FitData(Table train, Table validation, Table test, TableEncoding encoding, long seed) {

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
                seed);
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
