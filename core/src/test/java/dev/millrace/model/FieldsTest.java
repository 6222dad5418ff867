package dev.millrace.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FieldsTest {

    private static final String ALL =
            """
            {"string": "s", "integer": -2147483648, "long": 9223372036854775807, "number": 0.5, "whole": 3,
             "bool": true, "null": null, "object": {"inner": 1}, "list": [1, "two", null],
             "ints": [1, -2], "longs": [4294967296], "doubles": [1, 2.5], "strings": ["a", ""],
             "objects": [{"k": 1}, {"k": "x"}], "empty": []}
            """;

    private static Fields all() {
        return Fields.of(Json.parse(ALL), "");
    }

    @Test
    void givesEachValueAsItsType() {
        Fields fields = all();
        assertThat(fields.string("string")).isEqualTo("s");
        assertThat(fields.integer("integer")).isEqualTo(Integer.MIN_VALUE);
        assertThat(fields.longValue("long")).isEqualTo(Long.MAX_VALUE);
        assertThat(fields.longValue("whole")).isEqualTo(3);
        assertThat(fields.number("number")).isEqualTo(0.5);
        assertThat(fields.number("whole")).isEqualTo(3.0);
        assertThat(fields.bool("bool")).isTrue();
        assertThat(fields.object("object").integer("inner")).isEqualTo(1);
        assertThat(fields.list("list")).isEqualTo(Arrays.asList(1L, "two", null));
        assertThat(fields.ints("ints")).containsExactly(1, -2);
        assertThat(fields.longs("longs")).containsExactly(1L << 32);
        assertThat(fields.doubles("doubles")).containsExactly(1.0, 2.5);
        assertThat(fields.strings("strings")).containsExactly("a", "");
        assertThat(fields.objects("objects")).hasSize(2);
        assertThat(fields.ints("empty")).isEmpty();
        assertThat(fields.has("null")).isTrue();
        assertThatCode(fields::end).doesNotThrowAnyException();
    }

    @Test
    void aMissingKeyMayHaveADefault() {
        Fields fields = all();
        assertThat(fields.string("none", "d")).isEqualTo("d");
        assertThat(fields.string("string", "d")).isEqualTo("s");
        assertThat(fields.integer("none", 7)).isEqualTo(7);
        assertThat(fields.integer("whole", 7)).isEqualTo(3);
        assertThat(fields.longValue("none", 7L)).isEqualTo(7);
        assertThat(fields.longValue("whole", 7L)).isEqualTo(3);
        assertThat(fields.number("none", 7.5)).isEqualTo(7.5);
        assertThat(fields.number("number", 7.5)).isEqualTo(0.5);
        assertThat(fields.bool("none", true)).isTrue();
        assertThat(fields.bool("bool", false)).isTrue();
        assertThat(fields.has("none")).isFalse();
    }

    static List<Arguments> mistakes() {
        return List.of(
                mistake(f -> f.string("none"), "none: missing"),
                mistake(f -> f.object("none"), "none: missing"),
                mistake(f -> f.string("null"), "null: expected a string, found null"),
                mistake(f -> f.string("null", "d"), "null: expected a string, found null"),
                mistake(f -> f.string("whole"), "whole: expected a string, found 3"),
                mistake(f -> f.integer("string"), "string: expected a whole number, found \"s\""),
                mistake(f -> f.integer("number"), "number: expected a whole number, found 0.5"),
                mistake(f -> f.integer("string", 1), "string: expected a whole number, found \"s\""),
                mistake(
                        f -> f.integer("long"),
                        "long: expected a whole number of at most 32 bits, found 9223372036854775807"),
                mistake(f -> f.longValue("number"), "number: expected a whole number, found 0.5"),
                mistake(f -> f.number("bool"), "bool: expected a number, found true"),
                mistake(f -> f.bool("whole"), "whole: expected true or false, found 3"),
                mistake(f -> f.list("object"), "object: expected a list, found an object"),
                mistake(f -> f.object("list"), "list: expected an object, found a list"),
                mistake(f -> f.object("object").string("inner"), "object.inner: expected a string, found 1"),
                mistake(f -> f.object("object").string("none"), "object.none: missing"),
                mistake(f -> f.object("object").end(), "object: unknown key \"inner\""),
                mistake(
                        f -> f.objects("objects").get(1).integer("k"),
                        "objects[1].k: expected a whole number, found \"x\""),
                mistake(f -> f.objects("ints"), "ints[0]: expected an object, found 1"),
                mistake(f -> f.ints("longs"), "longs[0]: expected a whole number of at most 32 bits, found 4294967296"),
                mistake(f -> f.ints("doubles"), "doubles[1]: expected a whole number, found 2.5"),
                mistake(f -> f.longs("list"), "list[1]: expected a whole number, found \"two\""),
                mistake(f -> f.doubles("strings"), "strings[0]: expected a number, found \"a\""),
                mistake(f -> f.strings("list"), "list[0]: expected a string, found 1"),
                mistake(Fields::end, "unknown key \"string\""));
    }

    private static Arguments mistake(Consumer<Fields> reading, String message) {
        return Arguments.of(reading, message);
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("mistakes")
    void refusesAndNamesThePlace(Consumer<Fields> reading, String message) {
        assertThatThrownBy(() -> reading.accept(all()))
                .isExactlyInstanceOf(ModelFormatException.class)
                .hasMessage(message);
    }

    @Test
    void thePlaceStartsWithTheNameOfTheRoot() {
        Object tree = Json.parse("{\"layers\":[{},{\"network\":{\"hidden\":\"x\"}}]}");
        Fields network = Fields.of(tree, "flow").objects("layers").get(1).object("network");
        assertThat(network.where()).isEqualTo("flow.layers[1].network");
        assertThatThrownBy(() -> network.integer("hidden"))
                .hasMessage("flow.layers[1].network.hidden: expected a whole number, found \"x\"");
        assertThat(network.refusal("hidden", "must be odd")).hasMessage("flow.layers[1].network.hidden: must be odd");
        assertThatThrownBy(() -> Fields.of(List.of(), "flow")).hasMessage("flow: expected an object, found a list");
        assertThatThrownBy(() -> Fields.of(null, "")).hasMessage("expected an object, found null");
    }

    @Test
    void quotesWhatTheFileMadeUpSafely() {
        String hostile = "a\n\u202e\u001b[31m" + "x".repeat(1_000);
        Fields fields = Fields.of(Json.parse("{" + Json.write(hostile) + ":" + Json.write(hostile) + "}"), "");
        String excerpt = "\"a???[31m" + "x".repeat(52) + "…\"";
        assertThatThrownBy(fields::end).hasMessage("unknown key " + excerpt);
        assertThatThrownBy(() -> fields.bool(hostile))
                .hasMessage(excerpt + ": expected true or false, found " + excerpt);
    }

    @Test
    void whatItGivesCannotChangeTheTree() {
        Fields fields = all();
        assertThatThrownBy(() -> fields.list("list").clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> fields.keys().clear()).isInstanceOf(UnsupportedOperationException.class);
    }
}
