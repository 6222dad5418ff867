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

/** How the table of a fit was read, split and encoded. */
record DataSettings(Missing missing, HeaderChoice header, Optional<String> array, Mode dequantize, HoldOut holdOut) {

    static DataSettings of(DataOptions given, boolean testFile) {
        return new DataSettings(
                given.source.missing.orElse(Missing.FAIL),
                given.source.header.orElse(HeaderChoice.AUTO),
                given.source.array,
                given.dequantize.orElse(Mode.AUTO),
                HoldOut.of(given, testFile));
    }

    /** These settings without a test split if there are too few rows for one. */
    DataSettings forRows(int rows) {
        return new DataSettings(missing, header, array, dequantize, holdOut.forRows(rows));
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
        holdOut.write(tree);
        return tree;
    }

    /** @throws dev.millrace.model.ModelFormatException if the tree describes no such settings */
    static DataSettings read(Fields fields) {
        return new DataSettings(
                choice(fields, "missing", Missing.class),
                choice(fields, "header", HeaderChoice.class),
                fields.has("array") ? Optional.of(fields.string("array")) : Optional.empty(),
                choice(fields, "dequantize", Mode.class),
                HoldOut.read(fields));
    }

    static <E extends Enum<E>> E choice(Fields fields, String key, Class<E> type) {
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
