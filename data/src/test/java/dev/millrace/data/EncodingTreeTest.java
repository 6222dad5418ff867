package dev.millrace.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EncodingTreeTest {

    private static final TableEncoding ENCODING = new TableEncoding(List.of(
            new ColumnEncoding.Continuous("free"),
            new ColumnEncoding.Discrete("whole", 1, 0, true, -3, 16, 20, List.of()),
            new ColumnEncoding.Discrete("three", 1.086, 0, false, 0, 2.173, 3, List.of(0.0, 1.087, 2.173))));

    private static Map<String, Object> discrete() {
        Map<String, Object> node = new LinkedHashMap<>();
        node.put("step", 1.086);
        node.put("origin", 0.0);
        node.put("lattice", false);
        node.put("min", 0.0);
        node.put("max", 2.173);
        node.put("distinct", 3L);
        node.put("values", List.of(0.0, 1.087, 2.173));
        return node;
    }

    private static Map<String, Object> tree(Map<String, Object> discrete) {
        return Map.of("columns", List.of(Map.of("name", "a", "discrete", discrete)));
    }

    private static void assertRefused(String key, Object value, String message) {
        Map<String, Object> node = discrete();
        node.put(key, value);
        assertThatThrownBy(() -> TableEncoding.fromTree(tree(node)))
                .as(key + " = " + value)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void comesBackEqual() {
        assertThat(TableEncoding.fromTree(ENCODING.toTree()))
                .isEqualTo(ENCODING)
                .hasSameHashCodeAs(ENCODING);
        assertThat(ENCODING.toTree())
                .isEqualTo(TableEncoding.fromTree(ENCODING.toTree()).toTree());
    }

    @Test
    void holdsPlainValuesOnly() {
        assertThat(ENCODING.toTree().toString())
                .isEqualTo("{columns=[{name=free}, {name=whole, discrete={step=1.0, origin=0.0, lattice=true, min=-3.0,"
                        + " max=16.0, distinct=20}}, {name=three, discrete={step=1.086, origin=0.0, lattice=false,"
                        + " min=0.0, max=2.173, distinct=3, values=[0.0, 1.087, 2.173]}}]}");
    }

    @Test
    void takesWholeNumbersWhereJsonHasThem() {
        Map<String, Object> node = discrete();
        node.put("min", 0);
        node.put("origin", 0L);
        node.put("distinct", 3);
        assertThat(TableEncoding.fromTree(tree(node))).isEqualTo(TableEncoding.fromTree(tree(discrete())));
    }

    @Test
    void refusesValuesThatCannotBe() {
        for (double step : new double[] {0, -0.0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertRefused("step", step, "step is " + step);
        }
        assertRefused("origin", Double.NaN, "encoding.columns[0].discrete.origin is NaN, not a finite number");
        assertRefused("min", Double.NEGATIVE_INFINITY, "not a finite number");
        assertRefused("max", -1.0, "min at most max");
        assertRefused("distinct", 0L, "distinct is 0");
        assertRefused("distinct", 4L, "3 values are not what a column of 4 has");
        assertRefused("lattice", true, "on a lattice");
        assertRefused("values", List.of(0.0, 2.173, 1.087), "must ascend");
        assertRefused("values", List.of(0.0, 1.0, 1.0), "must ascend");
        assertRefused("values", List.of(0.0, 1.0, 3.0), "must ascend");
        assertRefused("values", List.of(-1.0, 1.0, 2.0), "must ascend");
        assertRefused("values", List.of(0.0, Double.NaN, 2.0), "values[1] is NaN");
        assertRefused(
                "values", IntStream.range(0, 4097).mapToObj(Double::valueOf).toList(), "more than 4096");
        Map<String, Object> fine = discrete();
        fine.remove("values");
        fine.putAll(Map.of("lattice", true, "step", 1e-300));
        assertThatThrownBy(() -> TableEncoding.fromTree(tree(fine))).hasMessageContaining("too fine");
        fine.putAll(Map.of("step", 1.0, "origin", 1e300));
        assertThatThrownBy(() -> TableEncoding.fromTree(tree(fine))).hasMessageContaining("too fine");
    }

    @Test
    void refusesOtherTypes() {
        assertRefused("step", "1", "discrete.step is '1', not a number");
        assertRefused("step", null, "discrete.step is null, not a number");
        assertRefused("lattice", 1L, "discrete.lattice is 1, not true or false");
        assertRefused("distinct", 3.0, "discrete.distinct is 3.0, not a whole number");
        assertRefused("values", "x", "not a list");
        assertRefused("values", Arrays.asList(0.0, null, 2.0), "values[1] is null");
        assertRefused("values", List.of(0.0, "1", 2.0), "values[1] is '1'");
        assertRefused("max", List.of(), "discrete.max is a list, not a number");
        assertThatThrownBy(() -> TableEncoding.fromTree(Map.of("columns", List.of("a"))))
                .hasMessage("encoding.columns[0] is 'a', not an object");
        assertThatThrownBy(() -> TableEncoding.fromTree(Map.of("columns", Map.of())))
                .hasMessage("encoding.columns is an object, not a list");
        assertThatThrownBy(() ->
                        TableEncoding.fromTree(Map.of("columns", List.of(Map.of("name", "a", "discrete", List.of())))))
                .hasMessageContaining("discrete is a list, not an object");
        assertThatThrownBy(() -> TableEncoding.fromTree(Map.of("columns", List.of(Map.of("name", 7L)))))
                .hasMessageContaining("name is 7, not text");
    }

    @Test
    void refusesKeysTooManyOrTooFew() {
        for (String key : List.of("step", "origin", "lattice", "min", "max", "distinct")) {
            Map<String, Object> node = discrete();
            node.remove(key);
            assertThatThrownBy(() -> TableEncoding.fromTree(tree(node)))
                    .hasMessage("encoding.columns[0].discrete lacks the key '" + key + "'");
        }
        assertRefused("more", 1L, "encoding.columns[0].discrete has an unknown key, 'more'");
        assertThatThrownBy(() -> TableEncoding.fromTree(Map.of())).hasMessage("encoding lacks the key 'columns'");
        assertThatThrownBy(() -> TableEncoding.fromTree(Map.of("columns", List.of(), "x", 1L)))
                .hasMessageContaining("unknown key, 'x'");
        assertThatThrownBy(() ->
                        TableEncoding.fromTree(Map.of("columns", List.of(Map.of("name", "a", "\u001b[0m", true)))))
                .hasMessage("encoding.columns[0] has an unknown key, '\\u001b[0m'");
        assertThatThrownBy(
                        () -> TableEncoding.fromTree(Map.of("columns", List.of(Collections.singletonMap(null, null)))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TableEncoding.fromTree(Map.of("columns", List.of())))
                .hasMessageContaining("at least one column");
        assertThatThrownBy(() -> TableEncoding.fromTree(Map.of("columns", List.of(Map.of("name", " ")))))
                .hasMessageContaining("empty name");
        assertThatThrownBy(() ->
                        TableEncoding.fromTree(Map.of("columns", List.of(Map.of("name", "a"), Map.of("name", "a")))))
                .hasMessageContaining("two columns have the name 'a'");
    }
}
