package dev.millrace.model;

import java.util.List;
import java.util.Map;

/** The writer behind {@link Json#write}, which says what is refused. It lives for one text. */
final class JsonWriter {

    private final StringBuilder out = new StringBuilder();
    private int values;

    String write(Object tree) {
        value(tree, 0);
        return out.toString();
    }

    private void value(Object value, int depth) {
        if (++values > Json.MAX_VALUES) {
            throw new IllegalArgumentException("more than " + Json.MAX_VALUES + " values");
        }
        if (value instanceof Map<?, ?> map) {
            object(map, depth + 1);
        } else if (value instanceof List<?> list) {
            array(list, depth + 1);
        } else if (value instanceof String string) {
            string(string);
        } else if (value instanceof Double number) {
            out.append(ShortestDecimal.of(number));
        } else if (value == null || value instanceof Boolean || value instanceof Long || value instanceof Integer) {
            out.append(value);
        } else {
            throw new IllegalArgumentException("no JSON for " + value.getClass().getName());
        }
    }

    private void object(Map<?, ?> map, int depth) {
        checkDepth(depth);
        String separator = "{";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (!(entry.getKey() instanceof String key)) {
                throw new IllegalArgumentException("a key that is not a string: " + entry.getKey());
            }
            out.append(separator);
            string(key);
            out.append(':');
            value(entry.getValue(), depth);
            separator = ",";
        }
        out.append(map.isEmpty() ? "{}" : "}");
    }

    private void array(List<?> list, int depth) {
        checkDepth(depth);
        String separator = "[";
        for (Object element : list) {
            out.append(separator);
            value(element, depth);
            separator = ",";
        }
        out.append(list.isEmpty() ? "[]" : "]");
    }

    /** Also what stops a tree that contains itself. */
    private static void checkDepth(int depth) {
        if (depth > Json.MAX_DEPTH) {
            throw new IllegalArgumentException("nested more than " + Json.MAX_DEPTH + " levels deep");
        }
    }

    private void string(String string) {
        int unpaired = Json.unpairedSurrogate(string);
        if (unpaired >= 0) {
            throw new IllegalArgumentException(
                    "a surrogate without its partner at character " + unpaired + " of " + Excerpt.of(string));
        }
        out.append('"');
        for (int i = 0; i < string.length(); i++) {
            character(string.charAt(i));
        }
        out.append('"');
    }

    private void character(char c) {
        switch (c) {
            case '"', '\\' -> out.append('\\').append(c);
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                if (c < ' ') {
                    out.append(String.format("\\u%04x", (int) c));
                } else {
                    out.append(c);
                }
            }
        }
    }
}
