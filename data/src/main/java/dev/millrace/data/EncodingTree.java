package dev.millrace.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The encoding of a table's columns as a plain tree, and back with distrust. */
final class EncodingTree {

    private static final String COLUMNS = "columns";
    private static final String NAME = "name";
    private static final String DISCRETE = "discrete";

    private EncodingTree() {}

    static Map<String, Object> of(List<ColumnEncoding> columns) {
        List<Object> list = new ArrayList<>();
        for (ColumnEncoding column : columns) {
            Map<String, Object> node = new LinkedHashMap<>();
            node.put(NAME, column.name());
            if (column instanceof ColumnEncoding.Discrete discrete) {
                node.put(DISCRETE, of(discrete));
            }
            list.add(Collections.unmodifiableMap(node));
        }
        return Map.of(COLUMNS, Collections.unmodifiableList(list));
    }

    private static Map<String, Object> of(ColumnEncoding.Discrete column) {
        Map<String, Object> node = new LinkedHashMap<>();
        node.put("step", column.step());
        node.put("origin", column.origin());
        node.put("lattice", column.lattice());
        node.put("min", column.min());
        node.put("max", column.max());
        node.put("distinct", column.distinct());
        if (!column.values().isEmpty()) {
            node.put("values", List.<Object>copyOf(column.values()));
        }
        return Collections.unmodifiableMap(node);
    }

    static List<ColumnEncoding> parse(Map<String, Object> tree) {
        TreeNode root = new TreeNode("encoding", tree);
        List<Object> list = root.list(COLUMNS, ColumnPlan.MAX_COLUMNS);
        root.requireNoMore();
        List<ColumnEncoding> columns = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            TreeNode node = TreeNode.of("encoding.columns[" + i + "]", list.get(i));
            String name = node.text(NAME);
            columns.add(node.has(DISCRETE) ? discrete(name, node.node(DISCRETE)) : new ColumnEncoding.Continuous(name));
            node.requireNoMore();
        }
        return columns;
    }

    private static ColumnEncoding.Discrete discrete(String name, TreeNode node) {
        double step = node.number("step");
        double origin = node.number("origin");
        boolean lattice = node.truth("lattice");
        double min = node.number("min");
        double max = node.number("max");
        long distinct = node.integer("distinct");
        List<Double> values =
                node.has("values") ? node.numbers("values", ColumnEncoding.Discrete.MAX_VALUES) : List.of();
        node.requireNoMore();
        return new ColumnEncoding.Discrete(name, step, origin, lattice, min, max, distinct, values);
    }
}
