package dev.millrace.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One pass of recursive descent over a JSON text. The recursion is never deeper than {@link Json#MAX_DEPTH}; see
 * {@link Json#parse} for what is refused.
 */
final class JsonParser {

    /** Digits and sign of {@link Long#MIN_VALUE}: a longer integer is a double. */
    private static final int LONGEST_LONG = 20;

    private final String text;
    private int position;
    private int values;

    JsonParser(String text) {
        this.text = text;
    }

    Object parse() {
        Object tree = value(0);
        skipSpace();
        if (position < text.length()) {
            throw unexpected("the end of the text");
        }
        return tree;
    }

    private Object value(int depth) {
        skipSpace();
        if (++values > Json.MAX_VALUES) {
            throw error(position, "more than " + Json.MAX_VALUES + " values");
        }
        return switch (peek()) {
            case '{' -> object(depth + 1);
            case '[' -> array(depth + 1);
            case '"' -> string();
            case 't' -> word("true", Boolean.TRUE);
            case 'f' -> word("false", Boolean.FALSE);
            case 'n' -> word("null", null);
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
            default -> throw unexpected("a value");
        };
    }

    private Map<String, Object> object(int depth) {
        Map<String, Object> object = new LinkedHashMap<>();
        if (opensEmpty(depth, '}')) {
            return object;
        }
        do {
            skipSpace();
            int start = position;
            if (peek() != '"') {
                throw unexpected("a key in double quotes");
            }
            String key = string();
            if (object.containsKey(key)) {
                throw error(start, "the key " + Excerpt.of(key) + " occurs twice in one object");
            }
            skipSpace();
            if (!take(':')) {
                throw unexpected("':'");
            }
            object.put(key, value(depth));
        } while (continues('}'));
        return object;
    }

    private List<Object> array(int depth) {
        List<Object> array = new ArrayList<>();
        if (opensEmpty(depth, ']')) {
            return array;
        }
        do {
            array.add(value(depth));
        } while (continues(']'));
        return array;
    }

    /** Steps into a container, and over its end if that follows at once. */
    private boolean opensEmpty(int depth, char end) {
        if (depth > Json.MAX_DEPTH) {
            throw error(position, "nested more than " + Json.MAX_DEPTH + " levels deep");
        }
        position++;
        skipSpace();
        return take(end);
    }

    /** Steps over the comma before the next entry of a container, or over the container's end. */
    private boolean continues(char end) {
        skipSpace();
        if (take(',')) {
            return true;
        }
        if (take(end)) {
            return false;
        }
        throw unexpected("',' or '" + end + "'");
    }

    private String string() {
        int start = position++;
        StringBuilder string = new StringBuilder();
        while (!take('"')) {
            char c = peek();
            if (c == '\\') {
                position++;
                string.append(escaped());
            } else if (c < ' ') {
                throw unexpected("a printable character or '\"'");
            } else {
                string.append(c);
                position++;
            }
        }
        String result = string.toString();
        if (Json.unpairedSurrogate(result) >= 0) {
            throw error(start, "the string that starts here has a surrogate without its partner");
        }
        return result;
    }

    private char escaped() {
        char c = peek();
        char meant =
                switch (c) {
                    case '"', '\\', '/' -> c;
                    case 'b' -> '\b';
                    case 'f' -> '\f';
                    case 'n' -> '\n';
                    case 'r' -> '\r';
                    case 't' -> '\t';
                    case 'u' -> '\0';
                    default -> throw unexpected("one of \"\\/bfnrtu after '\\'");
                };
        position++;
        return c == 'u' ? hex() : meant;
    }

    private char hex() {
        int code = 0;
        for (int i = 0; i < 4; i++) {
            char c = peek();
            // Not Character.digit alone: it also takes the digits of other scripts.
            int digit = c < 128 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                throw unexpected("a hexadecimal digit");
            }
            code = code * 16 + digit;
            position++;
        }
        return (char) code;
    }

    private Object word(String word, Object value) {
        if (!text.startsWith(word, position)) {
            throw unexpected("a value");
        }
        position += word.length();
        return value;
    }

    private Number number() {
        int start = position;
        take('-');
        if (!take('0')) {
            digits();
        }
        boolean whole = true;
        if (take('.')) {
            digits();
            whole = false;
        }
        if (take('e') || take('E')) {
            if (!take('+')) {
                take('-');
            }
            digits();
            whole = false;
        }
        String number = text.substring(start, position);
        if (whole && number.length() <= LONGEST_LONG) {
            try {
                return Long.valueOf(number);
            } catch (NumberFormatException e) {
                // 19 digits or more, and beyond 64 bits: a double, as below.
            }
        }
        double value = Double.parseDouble(number);
        if (Double.isInfinite(value)) {
            throw error(start, "the number is beyond the range of a double");
        }
        return value;
    }

    /** Steps over at least one digit. */
    private void digits() {
        if (!isDigit()) {
            throw unexpected("a digit");
        }
        while (isDigit()) {
            position++;
        }
    }

    private boolean isDigit() {
        return position < text.length() && text.charAt(position) >= '0' && text.charAt(position) <= '9';
    }

    private void skipSpace() {
        while (position < text.length() && " \t\n\r".indexOf(text.charAt(position)) >= 0) {
            position++;
        }
    }

    private boolean take(char c) {
        boolean there = position < text.length() && text.charAt(position) == c;
        if (there) {
            position++;
        }
        return there;
    }

    private char peek() {
        if (position == text.length()) {
            throw unexpected("more");
        }
        return text.charAt(position);
    }

    private ModelFormatException unexpected(String expected) {
        if (position == text.length()) {
            return error(position, "expected " + expected + ", found the end of the text");
        }
        char c = text.charAt(position);
        String found = c > ' ' && c < 127 ? "'" + c + "'" : String.format("U+%04X", (int) c);
        return error(position, "expected " + expected + ", found " + found);
    }

    private static ModelFormatException error(int position, String message) {
        return new ModelFormatException("character " + position + ": " + message);
    }
}
