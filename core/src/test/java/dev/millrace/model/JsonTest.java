package dev.millrace.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    static List<Arguments> values() {
        return List.of(
                Arguments.of("0", 0L),
                Arguments.of("-0", 0L),
                Arguments.of(" \t\r\n7\n", 7L),
                Arguments.of("9223372036854775807", Long.MAX_VALUE),
                Arguments.of("-9223372036854775808", Long.MIN_VALUE),
                Arguments.of("9223372036854775808", 0x1p63),
                Arguments.of("-9223372036854775809", -0x1p63),
                Arguments.of("1" + "0".repeat(300), 1e300),
                Arguments.of("0.0", 0.0),
                Arguments.of("-0.0", -0.0),
                Arguments.of("1.0", 1.0),
                Arguments.of("1e0", 1.0),
                Arguments.of("1E+2", 100.0),
                Arguments.of("-12.5e-1", -1.25),
                Arguments.of("0e5", 0.0),
                Arguments.of("4.9e-324", Double.MIN_VALUE),
                Arguments.of("1e-999", 0.0),
                Arguments.of("1.7976931348623157e308", Double.MAX_VALUE),
                Arguments.of("true", true),
                Arguments.of("false", false),
                Arguments.of("null", null),
                Arguments.of("\"\"", ""),
                Arguments.of("\"a\u007f\u2028ä𝛼\"", "a\u007f\u2028ä𝛼"),
                Arguments.of("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\/\b\f\n\r\t"),
                Arguments.of("\"\\u0000\\u00e4\\u00E4\\uD835\\udefc\"", "\0ää𝛼"),
                Arguments.of("[]", List.of()),
                Arguments.of("[ ]", List.of()),
                Arguments.of("{ }", Map.of()),
                Arguments.of("[1 , [2.0],\n{\"a\" : \"b\"} ]", List.of(1L, List.of(2.0), Map.of("a", "b"))),
                Arguments.of("{\"\":{\"\":1}}", Map.of("", Map.of("", 1L))));
    }

    @ParameterizedTest
    @MethodSource("values")
    void readsEveryKindOfValue(String text, Object tree) {
        assertThat(Json.parse(text)).isEqualTo(tree);
    }

    static List<Arguments> faults() {
        return List.of(
                Arguments.of("", "character 0: expected more, found the end of the text"),
                Arguments.of("  ", "character 2: expected more, found the end of the text"),
                Arguments.of("\ufeff1", "character 0: expected a value, found U+FEFF"),
                Arguments.of("\u00a01", "character 0: expected a value, found U+00A0"),
                Arguments.of("1 2", "character 2: expected the end of the text, found '2'"),
                Arguments.of("{}{}", "character 2: expected the end of the text, found '{'"),
                Arguments.of("[1]\0", "character 3: expected the end of the text, found U+0000"),
                Arguments.of("01", "character 1: expected the end of the text, found '1'"),
                Arguments.of("-01", "character 2: expected the end of the text, found '1'"),
                Arguments.of("0x1", "character 1: expected the end of the text, found 'x'"),
                Arguments.of("+1", "character 0: expected a value, found '+'"),
                Arguments.of(".5", "character 0: expected a value, found '.'"),
                Arguments.of("-", "character 1: expected a digit, found the end of the text"),
                Arguments.of("-a", "character 1: expected a digit, found 'a'"),
                Arguments.of("1.", "character 2: expected a digit, found the end of the text"),
                Arguments.of("1.e1", "character 2: expected a digit, found 'e'"),
                Arguments.of("1e", "character 2: expected a digit, found the end of the text"),
                Arguments.of("1e+-1", "character 3: expected a digit, found '-'"),
                Arguments.of("[1f]", "character 2: expected ',' or ']', found 'f'"),
                Arguments.of("\u0661", "character 0: expected a value, found U+0661"),
                Arguments.of("1\u0661", "character 1: expected the end of the text, found U+0661"),
                Arguments.of("[1e400]", "character 1: the number is beyond the range of a double"),
                Arguments.of("-1" + "0".repeat(400), "character 0: the number is beyond the range of a double"),
                Arguments.of("NaN", "character 0: expected a value, found 'N'"),
                Arguments.of("Infinity", "character 0: expected a value, found 'I'"),
                Arguments.of("-Infinity", "character 1: expected a digit, found 'I'"),
                Arguments.of("nul", "character 0: expected a value, found 'n'"),
                Arguments.of("True", "character 0: expected a value, found 'T'"),
                Arguments.of("truefalse", "character 4: expected the end of the text, found 'f'"),
                Arguments.of("[", "character 1: expected more, found the end of the text"),
                Arguments.of("[1", "character 2: expected ',' or ']', found the end of the text"),
                Arguments.of("[1,]", "character 3: expected a value, found ']'"),
                Arguments.of("[,1]", "character 1: expected a value, found ','"),
                Arguments.of("[1}", "character 2: expected ',' or ']', found '}'"),
                Arguments.of("[1 2]", "character 3: expected ',' or ']', found '2'"),
                Arguments.of("[1]]", "character 3: expected the end of the text, found ']'"),
                Arguments.of("{", "character 1: expected more, found the end of the text"),
                Arguments.of("{\"a\"", "character 4: expected ':', found the end of the text"),
                Arguments.of("{\"a\" 1}", "character 5: expected ':', found '1'"),
                Arguments.of("{\"a\":}", "character 5: expected a value, found '}'"),
                Arguments.of("{\"a\":1,}", "character 7: expected a key in double quotes, found '}'"),
                Arguments.of("{\"a\":1]", "character 6: expected ',' or '}', found ']'"),
                Arguments.of("{a:1}", "character 1: expected a key in double quotes, found 'a'"),
                Arguments.of("{1:1}", "character 1: expected a key in double quotes, found '1'"),
                Arguments.of("{\"a\":1,\"a\":2}", "character 7: the key \"a\" occurs twice in one object"),
                Arguments.of("{\"a\":null,\"\\u0061\":2}", "character 10: the key \"a\" occurs twice in one object"),
                Arguments.of("'a'", "character 0: expected a value, found '''"),
                Arguments.of("\"a", "character 2: expected more, found the end of the text"),
                Arguments.of("\"a\n\"", "character 2: expected a printable character or '\"', found U+000A"),
                Arguments.of("\"\0\"", "character 1: expected a printable character or '\"', found U+0000"),
                Arguments.of("\"\\", "character 2: expected more, found the end of the text"),
                Arguments.of("\"\\x\"", "character 2: expected one of \"\\/bfnrtu after '\\', found 'x'"),
                Arguments.of("\"\\U0041\"", "character 2: expected one of \"\\/bfnrtu after '\\', found 'U'"),
                Arguments.of("\"\\u12\"", "character 5: expected a hexadecimal digit, found '\"'"),
                Arguments.of("\"\\u00g0\"", "character 5: expected a hexadecimal digit, found 'g'"),
                Arguments.of("\"\\u\uff11111\"", "character 3: expected a hexadecimal digit, found U+FF11"),
                Arguments.of(
                        "[\"\\ud835\"]",
                        "character 1: the string that starts here has a surrogate without its partner"),
                Arguments.of(
                        "\"\\udefc\"", "character 0: the string that starts here has a surrogate without its partner"),
                Arguments.of(
                        "\"\\udefc\\ud835\"",
                        "character 0: the string that starts here has a surrogate without its partner"),
                Arguments.of(
                        "\"\ud835\"", "character 0: the string that starts here has a surrogate without its partner"),
                Arguments.of("// no\n1", "character 0: expected a value, found '/'"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void refusesWhatIsNotJsonAndSaysWhere(String text, String message) {
        assertThatThrownBy(() -> Json.parse(text))
                .isExactlyInstanceOf(ModelFormatException.class)
                .hasMessage(message);
    }

    @Test
    void readsContainersThatTheCallerMayChange() {
        @SuppressWarnings("unchecked")
        Map<String, Object> object = (Map<String, Object>) Json.parse("{\"z\":[],\"a\":{}}");
        object.put("new", 1L);
        assertThat(object).isInstanceOf(LinkedHashMap.class);
        assertThat(object.keySet()).containsExactly("z", "a", "new");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":"})
    void nestingIsBounded(String opening) {
        String closing = opening.equals("[") ? "]" : "}";
        String deepest = opening.repeat(Json.MAX_DEPTH - 1) + "[]" + closing.repeat(Json.MAX_DEPTH - 1);
        assertThat(Json.write(Json.parse(deepest))).isEqualTo(deepest);

        int position = opening.length() * Json.MAX_DEPTH;
        for (int depth : new int[] {Json.MAX_DEPTH + 1, 2_000_000}) {
            assertThatThrownBy(() -> Json.parse(opening.repeat(depth)))
                    .isExactlyInstanceOf(ModelFormatException.class)
                    .hasMessage("character " + position + ": nested more than 64 levels deep");
        }
    }

    @Test
    void theNumberOfValuesIsBoundedInBothDirections() {
        String most = "[" + "0,".repeat(Json.MAX_VALUES - 2) + "0]";
        assertThat(Json.write(Json.parse(most))).isEqualTo(most);

        assertThatThrownBy(() -> Json.parse("[" + "0,".repeat(Json.MAX_VALUES)))
                .isExactlyInstanceOf(ModelFormatException.class)
                .hasMessage("character " + (1 + 2 * (Json.MAX_VALUES - 1)) + ": more than 2000000 values");
        assertThatThrownBy(() -> Json.write(Collections.nCopies(Json.MAX_VALUES, 0L)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("more than 2000000 values");
    }

    @Test
    void writesCompactlyInTheOrderOfTheMap() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("z", new ArrayList<>(List.of(1L, 2, -2.5, true, false)));
        tree.put("a", null);
        tree.put("", Map.of());
        tree.put("list", List.of());
        assertThat(Json.write(tree)).isEqualTo("{\"z\":[1,2,-2.5,true,false],\"a\":null,\"\":{},\"list\":[]}");
    }

    @Test
    void escapesOnlyWhatMustBe() {
        assertThat(Json.write("\"\\/\b\f\n\r\t\0\u001f\u007f\u2028ä𝛼"))
                .isEqualTo("\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0000\\u001f\u007f\u2028ä𝛼\"");
    }

    static List<Arguments> unwritable() {
        List<Object> endless = new ArrayList<>();
        endless.add(endless);
        return List.of(
                Arguments.of(Double.NaN, "no JSON number for NaN"),
                Arguments.of(List.of(Double.NEGATIVE_INFINITY), "no JSON number for -Infinity"),
                Arguments.of(1.5f, "no JSON for java.lang.Float"),
                Arguments.of(new int[1], "no JSON for [I"),
                Arguments.of(Map.of(1, 2), "a key that is not a string: 1"),
                Arguments.of("ab\ud835", "a surrogate without its partner at character 2 of \"ab?\""),
                Arguments.of(Map.of("\udefc", 1), "a surrogate without its partner at character 0 of \"?\""),
                Arguments.of(endless, "nested more than 64 levels deep"));
    }

    @ParameterizedTest
    @MethodSource("unwritable")
    void refusesToWriteWhatItCouldNotRead(Object tree, String message) {
        assertThatThrownBy(() -> Json.write(tree))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void readsBackWhateverItWrites() {
        Random random = new Random(1);
        for (int i = 0; i < 2_000; i++) {
            Object tree = randomTree(random, 5);
            String text = Json.write(tree);
            assertThat(Json.parse(text)).isEqualTo(tree);
            assertThat(Json.write(Json.parse(text))).isEqualTo(text);
        }
    }

    @Test
    void damagedTextIsRefusedOrIsOtherJson() {
        Random random = new Random(2);
        int refused = 0;
        int read = 0;
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder(Json.write(randomTree(random, 4)));
            for (int change = random.nextInt(4); change >= 0; change--) {
                damage(text, random);
            }
            Object tree;
            try {
                tree = Json.parse(text.toString());
            } catch (ModelFormatException e) {
                refused++;
                continue;
            }
            assertThat(Json.parse(Json.write(tree))).isEqualTo(tree);
            read++;
        }
        assertThat(refused).isGreaterThan(1_000);
        assertThat(read).isGreaterThan(1_000);
    }

    private static void damage(StringBuilder text, Random random) {
        String material = "{}[]:,\"\\u019-+.eEtfn \ud835\udefc\0";
        int at = random.nextInt(text.length() + 1);
        switch (random.nextInt(4)) {
            case 0 -> text.insert(at, material.charAt(random.nextInt(material.length())));
            case 1 -> text.setLength(Math.max(1, at));
            case 2 -> text.delete(at, Math.min(text.length(), at + 1));
            default -> text.insert(at, text.substring(random.nextInt(text.length() + 1)));
        }
        if (text.isEmpty()) {
            text.append(' ');
        }
    }

    private static Object randomTree(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 6 : 8)) {
            case 0 -> null;
            case 1 -> random.nextBoolean();
            case 2 -> random.nextLong() >> random.nextInt(64);
            case 3 -> randomDouble(random);
            case 4, 5 -> randomString(random);
            case 6 -> {
                List<Object> list = new ArrayList<>();
                for (int i = random.nextInt(5); i > 0; i--) {
                    list.add(randomTree(random, depth - 1));
                }
                yield list;
            }
            default -> {
                Map<String, Object> map = new LinkedHashMap<>();
                for (int i = random.nextInt(5); i > 0; i--) {
                    map.put(randomString(random), randomTree(random, depth - 1));
                }
                yield map;
            }
        };
    }

    private static double randomDouble(Random random) {
        double value = Double.longBitsToDouble(random.nextLong());
        return Double.isFinite(value) ? value : random.nextGaussian();
    }

    private static String randomString(Random random) {
        StringBuilder string = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
            int codePoint = random.nextInt(random.nextBoolean() ? 128 : Character.MAX_CODE_POINT + 1);
            boolean surrogate = codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
            string.appendCodePoint(surrogate ? 'x' : codePoint);
        }
        return string.toString();
    }
}
