package dev.millrace.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * How one kind of part stands in a file: a line of a table.
 *
 * @param name of the kind in the file
 * @param type of the part
 * @param write its settings
 * @param read the part, with new parameters, from its settings
 */
record Codec<T>(
        String name,
        Class<? extends T> type,
        Function<T, Map<String, Object>> write,
        BiFunction<Fields, Budget, T> read) {

    /** A line whose writer takes the part's own type. */
    static <T, S extends T> Codec<T> of(
            String name, Class<S> type, Function<S, Map<String, Object>> write, BiFunction<Fields, Budget, T> read) {
        return new Codec<>(name, type, part -> write.apply(type.cast(part)), read);
    }

    /** The tree of a part: its kind, then its settings. */
    static <T> Map<String, Object> write(List<Codec<T>> table, T part) {
        for (Codec<T> codec : table) {
            if (codec.type.isInstance(part)) {
                Map<String, Object> tree = new LinkedHashMap<>();
                tree.put("type", codec.name);
                tree.putAll(codec.write.apply(part));
                return tree;
            }
        }
        throw new IllegalArgumentException("a model file cannot hold a "
                + part.getClass().getName() + "; only the layers that come with Millrace can be saved");
    }

    /** The part that a tree describes. */
    static <T> T read(List<Codec<T>> table, Fields fields, Budget budget) {
        String name = fields.string("type");
        for (Codec<T> codec : table) {
            if (codec.name.equals(name)) {
                T part = codec.read.apply(fields, budget);
                fields.end();
                return part;
            }
        }
        throw fields.refusal(
                "type", "expected one of " + table.stream().map(Codec::name).toList() + ", found " + Excerpt.of(name));
    }
}
