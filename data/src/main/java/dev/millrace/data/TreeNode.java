package dev.millrace.data;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One map of an untrusted tree, from which each key is asked for with the type it must have. Every method throws
 * {@link IllegalArgumentException} naming the place where the tree is not as expected.
 */
final class TreeNode {

    private final String path;
    private final Map<?, ?> entries;
    private final Set<String> asked = new HashSet<>();

    TreeNode(String path, Map<?, ?> entries) {
        this.path = path;
        this.entries = entries;
    }

    static TreeNode of(String path, Object value) {
        if (value instanceof Map<?, ?> map) {
            return new TreeNode(path, map);
        }
        throw new IllegalArgumentException(path + " is " + kind(value) + ", not an object");
    }

    boolean has(String key) {
        return entries.containsKey(key);
    }

    TreeNode node(String key) {
        return of(path + "." + key, get(key, Map.class, "an object"));
    }

    String text(String key) {
        return get(key, String.class, "text");
    }

    boolean truth(String key) {
        return get(key, Boolean.class, "true or false");
    }

    double number(String key) {
        return finite(path + "." + key, get(key, Number.class, "a number"));
    }

    long integer(String key) {
        Number number = get(key, Number.class, "a whole number");
        if (number instanceof Long || number instanceof Integer) {
            return number.longValue();
        }
        throw new IllegalArgumentException(path + "." + key + " is " + number + ", not a whole number");
    }

    List<Object> list(String key, int most) {
        List<?> list = get(key, List.class, "a list");
        if (list.size() > most) {
            throw new IllegalArgumentException(path + "." + key + " has more than " + most + " entries");
        }
        return new ArrayList<>(list);
    }

    List<Double> numbers(String key, int most) {
        List<Double> numbers = new ArrayList<>();
        for (Object entry : list(key, most)) {
            numbers.add(finite(path + "." + key + "[" + numbers.size() + "]", entry));
        }
        return numbers;
    }

    /** Refuses keys nobody has asked for. */
    void requireNoMore() {
        for (Object key : entries.keySet()) {
            if (!(key instanceof String name) || !asked.contains(name)) {
                throw new IllegalArgumentException(path + " has an unknown key, " + Excerpt.of(String.valueOf(key)));
            }
        }
    }

    private <T> T get(String key, Class<T> type, String expected) {
        asked.add(key);
        Object value = entries.get(key);
        if (type.isInstance(value)) {
            return type.cast(value);
        }
        if (!entries.containsKey(key)) {
            throw new IllegalArgumentException(path + " lacks the key '" + key + "'");
        }
        throw new IllegalArgumentException(path + "." + key + " is " + kind(value) + ", not " + expected);
    }

    private static double finite(String place, Object value) {
        if (value instanceof Double || value instanceof Long || value instanceof Integer) {
            double number = ((Number) value).doubleValue();
            if (Double.isFinite(number)) {
                return number;
            }
        }
        throw new IllegalArgumentException(place + " is " + kind(value) + ", not a finite number");
    }

    private static String kind(Object value) {
        if (value == null || value instanceof Number || value instanceof Boolean) {
            return String.valueOf(value);
        }
        return value instanceof String text ? Excerpt.of(text) : value instanceof List ? "a list" : "an object";
    }
}
