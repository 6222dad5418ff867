package dev.millrace.model;

import dev.millrace.bijection.Shape;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the settings of a part look like in a tree: lists, shapes, choices, and bounds on what a file may claim. */
final class Settings {

    /** Entries of a row that an architecture may claim without a parameter for each. */
    static final int MAX_DIMENSION = 1 << 20;

    private Settings() {}

    static int dimension(Fields fields, String key) {
        int dimension = fields.integer(key);
        if (dimension < 1 || dimension > MAX_DIMENSION) {
            throw fields.refusal(key, "expected 1 to " + MAX_DIMENSION + ", found " + dimension);
        }
        return dimension;
    }

    static List<Object> list(Shape shape) {
        return shape.lengths().stream()
                .map(length -> (Object) length.longValue())
                .toList();
    }

    static Shape shape(Fields fields) {
        Shape shape = Shape.of(fields.ints("shape"));
        if (shape.size() > MAX_DIMENSION) {
            throw fields.refusal("shape", "expected at most " + MAX_DIMENSION + " entries, found " + shape);
        }
        return shape;
    }

    static String name(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT);
    }

    static <E extends Enum<E>> E choice(Fields fields, String key, Class<E> type) {
        String found = fields.string(key);
        for (E choice : type.getEnumConstants()) {
            if (name(choice).equals(found)) {
                return choice;
            }
        }
        throw fields.refusal(
                key,
                "expected one of "
                        + Arrays.stream(type.getEnumConstants())
                                .map(Settings::name)
                                .toList() + ", found "
                        + Excerpt.of(found));
    }

    static List<Object> list(int[] values) {
        return Arrays.stream(values).mapToObj(value -> (Object) (long) value).toList();
    }

    static Map<String, Object> tree(Object... keysAndValues) {
        Map<String, Object> tree = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            tree.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return tree;
    }
}
