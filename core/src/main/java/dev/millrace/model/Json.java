package dev.millrace.model;

/**
 * JSON text (RFC 8259) from and to a plain tree. A value of the tree is one of
 *
 * <table>
 *   <caption>JSON values and the Java objects for them</caption>
 *   <tr><th>JSON</th><th>Java</th></tr>
 *   <tr><td>object</td><td>{@code LinkedHashMap<String, Object>} in the order of the text</td></tr>
 *   <tr><td>array</td><td>{@code List<Object>}</td></tr>
 *   <tr><td>string</td><td>{@code String}</td></tr>
 *   <tr><td>number without fraction and exponent that fits 64 bits</td><td>{@code Long}</td></tr>
 *   <tr><td>any other number</td><td>{@code Double}</td></tr>
 *   <tr><td>true, false</td><td>{@code Boolean}</td></tr>
 *   <tr><td>null</td><td>{@code null}</td></tr>
 * </table>
 *
 * <p>The parser is strict, and bounded so that no text can exhaust the stack or, beyond a modest multiple of its own
 * length, the heap. The writer is deterministic: the same tree gives the same text on every machine and Java version.
 * What {@link #write} gives, {@link #parse} takes and turns into an equal tree.
 */
public final class Json {

    /** How deep arrays and objects may be nested; this also bounds the recursion of parser and writer. */
    static final int MAX_DEPTH = 64;

    /**
     * How many values one text may have, containers included. An empty object takes three characters of text but
     * twenty times that on the heap, so a limit on the length alone would not bound memory.
     */
    static final int MAX_VALUES = 2_000_000;

    private Json() {}

    /**
     * Reads a text that is one JSON value.
     *
     * @param text the whole text; white space around the value is allowed
     * @return the tree, whose maps and lists belong to the caller
     * @throws ModelFormatException if the text is not valid JSON, repeats a key, has a string with half a surrogate
     *     pair, a number beyond the range of a double, more than 64 levels or more than 2,000,000 values; the message
     *     starts with the position, counted in characters from 0
     */
    public static Object parse(String text) {
        return new JsonParser(text).parse();
    }

    /**
     * Writes a tree as text without white space. Keys come in the order of their map, so a map whose order differs
     * from run to run, like that of {@code Map.of}, does not belong in a tree. Besides the classes that {@link #parse}
     * gives, any {@code Map} with string keys, any {@code List} and {@code Integer} are taken.
     *
     * @param tree the value to write
     * @return its text; a double is written with the fewest digits that read back as the same double
     * @throws IllegalArgumentException if the tree holds an object of another class, a number that is not finite, a
     *     string with half a surrogate pair, more than 64 levels or more than 2,000,000 values
     */
    public static String write(Object tree) {
        return new JsonWriter().write(tree);
    }

    /** Where in {@code text} the first surrogate without its partner stands, or -1 if it has none. */
    static int unpairedSurrogate(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!Character.isSurrogate(text.charAt(i))) {
                continue;
            }
            if (i + 1 == text.length() || !Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
                return i;
            }
            i++;
        }
        return -1;
    }
}
