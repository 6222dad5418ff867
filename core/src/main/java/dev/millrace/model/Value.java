package dev.millrace.model;

import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * One value of a {@link Json} tree and where it is. Each method gives it as the type it must have, or throws.
 *
 * @param path where the value is, for error messages
 * @param tree the value
 */
record Value(String path, Object tree) {

    String string() {
        return as(String.class, "a string");
    }

    int integer() {
        long value = as(Long.class, "a whole number");
        if (value != (int) value) {
            throw mismatch("a whole number of at most 32 bits");
        }
        return (int) value;
    }

    long longValue() {
        return as(Long.class, "a whole number");
    }

    double number() {
        return as(Number.class, "a number").doubleValue();
    }

    boolean bool() {
        return as(Boolean.class, "true or false");
    }

    @SuppressWarnings("unchecked") // Every element is an Object.
    List<Object> list() {
        return Collections.unmodifiableList(as(List.class, "a list"));
    }

    @SuppressWarnings("unchecked") // A Json tree has string keys only.
    Map<String, Object> object() {
        return as(Map.class, "an object");
    }

    private <T> T as(Class<T> type, String expected) {
        if (!type.isInstance(tree)) {
            throw mismatch(expected);
        }
        return type.cast(tree);
    }

    private ModelFormatException mismatch(String expected) {
        String message = "expected " + expected + ", found " + found();
        return new ModelFormatException(path.isEmpty() ? message : path + ": " + message);
    }

    private String found() {
        if (tree instanceof Map) {
            return "an object";
        }
        if (tree instanceof List) {
            return "a list";
        }
        return tree instanceof String string ? Excerpt.of(string) : String.valueOf(tree);
    }
}
