package dev.millrace.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads one object of a {@link Json} tree, strictly: a missing key, a value of another type or, at {@link #end()}, a
 * key that nobody asked for is a {@link ModelFormatException} that names the place, such as
 * {@code layers[3].network.hidden}. Nothing is converted, but a whole number is a number too.
 *
 * <p>It remembers which keys were asked for, so it is for one reader and one thread. Every method but {@link #has} and
 * those with a fallback needs the key to be there.
 *
 * <pre>{@code
 * Fields layer = Fields.of(Json.parse(text), "layer");
 * int hidden = layer.integer("hidden");
 * double slope = layer.number("slope", 0.01);
 * layer.end();
 * }</pre>
 */
public final class Fields {

    private static final Pattern PLAIN = Pattern.compile("[\\w.-]{1,60}");

    private final String where;
    private final Map<String, Object> values;
    private final Set<String> asked = new HashSet<>();

    private Fields(String where, Map<String, Object> values) {
        this.where = where;
        this.values = values;
    }

    /**
     * A reader of an object.
     *
     * @param tree what should be an object
     * @param where what error messages call it; empty for the outermost object of a text
     * @throws ModelFormatException if the tree is not an object
     */
    public static Fields of(Object tree, String where) {
        return new Fields(where, new Value(where, tree).object());
    }

    /** What error messages call this object. */
    public String where() {
        return where;
    }

    /** The keys, in the order of the text. */
    public Set<String> keys() {
        return Collections.unmodifiableSet(values.keySet());
    }

    /** Whether the key is there; this counts as asking for it. */
    public boolean has(String key) {
        asked.add(key);
        return values.containsKey(key);
    }

    /** The string at {@code key}. */
    public String string(String key) {
        return value(key).string();
    }

    /** The string at {@code key}, or {@code fallback} if the key is not there. */
    public String string(String key, String fallback) {
        return has(key) ? string(key) : fallback;
    }

    /** The whole number at {@code key}, which must fit 32 bits. */
    public int integer(String key) {
        return value(key).integer();
    }

    /** The whole number at {@code key}, which must fit 32 bits, or {@code fallback} if the key is not there. */
    public int integer(String key, int fallback) {
        return has(key) ? integer(key) : fallback;
    }

    /** The whole number at {@code key}, which must fit 64 bits. */
    public long longValue(String key) {
        return value(key).longValue();
    }

    /** The whole number at {@code key}, which must fit 64 bits, or {@code fallback} if the key is not there. */
    public long longValue(String key, long fallback) {
        return has(key) ? longValue(key) : fallback;
    }

    /** The number at {@code key}. */
    public double number(String key) {
        return value(key).number();
    }

    /** The number at {@code key}, or {@code fallback} if the key is not there. */
    public double number(String key, double fallback) {
        return has(key) ? number(key) : fallback;
    }

    /** The {@code true} or {@code false} at {@code key}. */
    public boolean bool(String key) {
        return value(key).bool();
    }

    /** The {@code true} or {@code false} at {@code key}, or {@code fallback} if the key is not there. */
    public boolean bool(String key, boolean fallback) {
        return has(key) ? bool(key) : fallback;
    }

    /** The object at {@code key}. The caller ends it with its own {@link #end()}. */
    public Fields object(String key) {
        return fields(value(key));
    }

    /** The list at {@code key}, as it is in the tree. */
    public List<Object> list(String key) {
        return value(key).list();
    }

    /** The list of objects at {@code key}. The caller ends each with its own {@link #end()}. */
    public List<Fields> objects(String key) {
        return elements(key).stream().map(Fields::fields).toList();
    }

    /** The list of strings at {@code key}. */
    public List<String> strings(String key) {
        return elements(key).stream().map(Value::string).toList();
    }

    /** The list of whole numbers at {@code key}, each of which must fit 32 bits. */
    public int[] ints(String key) {
        return elements(key).stream().mapToInt(Value::integer).toArray();
    }

    /** The list of whole numbers at {@code key}, each of which must fit 64 bits. */
    public long[] longs(String key) {
        return elements(key).stream().mapToLong(Value::longValue).toArray();
    }

    /** The list of numbers at {@code key}. */
    public double[] doubles(String key) {
        return elements(key).stream().mapToDouble(Value::number).toArray();
    }

    /**
     * Says that everything known has been asked for.
     *
     * @throws ModelFormatException if there is a key that was not: the file comes from a newer version or is damaged,
     *     and to ignore it would give a different model
     */
    public void end() {
        for (String key : values.keySet()) {
            if (!asked.contains(key)) {
                throw new ModelFormatException(
                        (where.isEmpty() ? "" : where + ": ") + "unknown key " + Excerpt.of(key));
            }
        }
    }

    /**
     * The exception for a value of the right type that is still not allowed.
     *
     * @param key where the value is
     * @param problem what was expected and what was found
     * @return the exception, for the caller to throw
     */
    public ModelFormatException refusal(String key, String problem) {
        return new ModelFormatException(path(key) + ": " + problem);
    }

    private Value value(String key) {
        if (!has(key)) {
            throw refusal(key, "missing");
        }
        return new Value(path(key), values.get(key));
    }

    private List<Value> elements(String key) {
        List<Object> list = list(key);
        List<Value> elements = new ArrayList<>(list.size());
        for (int i = 0; i < list.size(); i++) {
            elements.add(new Value(path(key) + '[' + i + ']', list.get(i)));
        }
        return elements;
    }

    private static Fields fields(Value value) {
        return new Fields(value.path(), value.object());
    }

    private String path(String key) {
        // A key that the file made up, like the name of a tensor, may be anything.
        String shown = PLAIN.matcher(key).matches() ? key : Excerpt.of(key);
        return where.isEmpty() ? shown : where + '.' + shown;
    }
}
