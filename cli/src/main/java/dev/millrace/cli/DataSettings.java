package dev.millrace.cli;

import dev.millrace.data.ReadOptions;
import dev.millrace.data.ReadOptions.Missing;
import dev.millrace.data.TableEncoding.Mode;
import dev.millrace.model.Fields;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** How the data of a fit was read, split and encoded. */
record DataSettings(
        Missing missing,
        HeaderChoice header,
        Optional<String> array,
        Mode dequantize,
        double validation,
        HeldOut test) {

    private static final double VALIDATION = 0.1;
    private static final double TEST = 0.1;

    /** Of fewer rows, a tenth would say next to nothing. */
    static final int FEW_ROWS = 200;

    /** @throws CommandException if a value is out of its range */
    DataSettings {
        if (!(validation >= 0 && validation <= 0.8)) {
            throw CommandException.usage("--validation must be from 0 to 0.8, not " + validation);
        }
    }

    static DataSettings of(DataOptions given, boolean testFile) {
        return new DataSettings(
                given.source.missing.orElse(Missing.FAIL),
                given.source.header.orElse(HeaderChoice.AUTO),
                given.source.array,
                given.dequantize.orElse(Mode.AUTO),
                given.validation.orElse(VALIDATION),
                testFile ? HeldOut.FILE : HeldOut.SPLIT);
    }

    /** These settings without a test split if there are too few rows for one. */
    DataSettings forRows(int rows) {
        return test == HeldOut.SPLIT && rows < FEW_ROWS
                ? new DataSettings(missing, header, array, dequantize, validation, HeldOut.NONE)
                : this;
    }

    double testFraction() {
        return test == HeldOut.SPLIT ? TEST : 0;
    }

    ReadOptions readOptions() {
        ReadOptions options = ReadOptions.defaults().withMissing(missing).withHeader(header.rule());
        return array.isPresent() ? options.withArray(array.get()) : options;
    }

    Map<String, Object> toTree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("missing", id(missing));
        tree.put("header", id(header));
        array.ifPresent(name -> tree.put("array", name));
        tree.put("dequantize", id(dequantize));
        tree.put("validation", validation);
        tree.put("test", test.id());
        return tree;
    }

    /** @throws dev.millrace.model.ModelFormatException if the tree describes no such settings */
    static DataSettings read(Fields fields) {
        return new DataSettings(
                choice(fields, "missing", Missing.class),
                choice(fields, "header", HeaderChoice.class),
                fields.has("array") ? Optional.of(fields.string("array")) : Optional.empty(),
                choice(fields, "dequantize", Mode.class),
                fields.number("validation"),
                choice(fields, "test", HeldOut.class));
    }

    private static <E extends Enum<E>> E choice(Fields fields, String key, Class<E> type) {
        String found = fields.string(key);
        return Arrays.stream(type.getEnumConstants())
                .filter(choice -> id(choice).equals(found))
                .findFirst()
                .orElseThrow(() -> fields.refusal(key, "there is no choice " + found));
    }

    static String id(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT);
    }
}
