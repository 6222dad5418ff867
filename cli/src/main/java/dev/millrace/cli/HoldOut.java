package dev.millrace.cli;

import dev.millrace.data.Split;
import dev.millrace.model.Fields;
import java.util.Map;

/**
 * What is kept from training.
 *
 * @param validation the share that decides when to stop, from 0 to 0.8
 * @param test where that for the final figure comes from
 */
record HoldOut(double validation, HeldOut test) {

    private static final double VALIDATION = 0.1;
    private static final double TEST = 0.1;

    /** Of fewer rows, a tenth would say next to nothing. */
    static final int FEW_ROWS = 200;

    /** @throws CommandException if a value is out of its range */
    HoldOut {
        if (!(validation >= 0 && validation <= 0.8)) {
            throw CommandException.usage("--validation must be from 0 to 0.8, not " + validation);
        }
    }

    static HoldOut of(DataOptions given, boolean testFile) {
        return new HoldOut(given.validation.orElse(VALIDATION), testFile ? HeldOut.FILE : HeldOut.SPLIT);
    }

    /** Without a test split if there are too few rows for one. */
    HoldOut forRows(int rows) {
        return test == HeldOut.SPLIT && rows < FEW_ROWS ? new HoldOut(validation, HeldOut.NONE) : this;
    }

    Split split(int rows, long seed) {
        return Split.of(rows, validation, test == HeldOut.SPLIT ? TEST : 0, seed);
    }

    void write(Map<String, Object> tree) {
        tree.put("validation", validation);
        tree.put("test", test.id());
    }

    /** @throws dev.millrace.model.ModelFormatException if the fields describe none */
    static HoldOut read(Fields fields) {
        return new HoldOut(fields.number("validation"), DataSettings.choice(fields, "test", HeldOut.class));
    }
}
