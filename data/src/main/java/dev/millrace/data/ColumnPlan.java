package dev.millrace.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which of a file's columns are kept, and where each goes in a row's values. */
final class ColumnPlan {

    /** In place of a slot: the column is not kept. */
    static final int LEFT_OUT = -1;

    /** More columns than any table this library can model; a wider file is taken for damaged. */
    static final int MAX_COLUMNS = 1_000_000;

    private final RowLayout layout;
    private final int[] slots;

    private ColumnPlan(List<String> inputColumns, List<String> columns, int[] slots) {
        this.layout = new RowLayout(inputColumns, columns);
        this.slots = slots;
    }

    /** The plan for a file whose header has these cells. */
    static ColumnPlan named(String source, List<String> header, ReadOptions options) {
        List<String> names = new ArrayList<>(header.size());
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < header.size(); i++) {
            String name = header.get(i).strip();
            names.add(name.isEmpty() ? "unnamed_" + (i + 1) : name);
            Integer before = places.put(names.get(i), i);
            if (before != null) {
                throw new DataException(source + ": columns " + (before + 1) + " and " + (i + 1)
                        + " of the header have the same name, " + Excerpt.of(names.get(i)) + "; rename one");
            }
        }
        return byName(source, names, places, options);
    }

    /** The plan for a file of this many columns that have no names. */
    static ColumnPlan unnamed(String source, int count, ReadOptions options) {
        List<String> names = new ArrayList<>(count);
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < count; i++) {
            names.add("x" + (i + 1));
            places.put(names.get(i), i);
        }
        if (options.columnsFitByPosition() && options.columns().size() == count) {
            int[] slots = new int[count];
            Arrays.setAll(slots, i -> i);
            return new ColumnPlan(names, options.columns(), slots);
        }
        return byName(source, names, places, options);
    }

    private static ColumnPlan byName(
            String source, List<String> names, Map<String, Integer> places, ReadOptions options) {
        String why = options.columnsFitByPosition() ? ", which the model needs" : " as asked for with --columns";
        for (String name : options.columns()) {
            requireColumn(source, name, why, names, places);
        }
        for (String name : options.exclude()) {
            requireColumn(source, name, " as asked for with --exclude", names, places);
        }
        List<String> kept = options.columns();
        if (kept.isEmpty()) {
            Set<String> excluded = new HashSet<>(options.exclude());
            kept = names.stream().filter(name -> !excluded.contains(name)).toList();
        }
        if (kept.isEmpty()) {
            throw new DataException(source + ": every column is excluded; take one out of --exclude");
        }
        int[] slots = new int[names.size()];
        Arrays.fill(slots, LEFT_OUT);
        for (int slot = 0; slot < kept.size(); slot++) {
            slots[places.get(kept.get(slot))] = slot;
        }
        return new ColumnPlan(names, kept, slots);
    }

    private static void requireColumn(
            String source, String name, String why, List<String> names, Map<String, Integer> places) {
        if (!places.containsKey(name)) {
            throw new DataException(
                    source + ": there is no column " + Excerpt.of(name) + why + Suggestion.among(name, names));
        }
    }

    RowLayout layout() {
        return layout;
    }

    /** How many columns the file has. */
    int inputWidth() {
        return slots.length;
    }

    /** How many columns are kept. */
    int width() {
        return layout.columns().size();
    }

    /** Where the file's i-th column goes among the values, or {@link #LEFT_OUT}; any column past the last is. */
    int slot(int column) {
        return column < slots.length ? slots[column] : LEFT_OUT;
    }
}
