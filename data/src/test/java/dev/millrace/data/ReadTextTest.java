package dev.millrace.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadTextTest {

    private static final ReadOptions DEFAULTS = ReadOptions.defaults();

    @TempDir
    private Path folder;

    private static ReadResult read(String text, ReadOptions options) throws IOException {
        return read(text.getBytes(StandardCharsets.UTF_8), options);
    }

    private static ReadResult read(byte[] bytes, ReadOptions options) throws IOException {
        DataSource source = new DataSource.Stream(new ByteArrayInputStream(bytes), "data");
        return new TableReader(options).read(source);
    }

    private static void assertTable(ReadResult result, List<String> columns, double... values) {
        assertThat(result.table().columns()).isEqualTo(columns);
        assertThat(result.table().values()).containsExactly(values);
    }

    @ParameterizedTest
    @CsvSource({"t.csv,COMMA", "T.CSV,COMMA", "t.tsv,TAB", "t.csv,SEMICOLON", "t.txt,SEMICOLON", "t.txt,TAB", "t,COMMA"
    })
    void findsOutTheDelimiter(String name, String delimiter) throws IOException {
        String character = delimiter.equals("COMMA") ? "," : delimiter.equals("TAB") ? "\t" : ";";
        String text = "a,b,c\n1,2,3\n4,5,6\n".replace(",", character);
        Files.writeString(folder.resolve(name), text);
        Files.write(folder.resolve(name + ".gz"), NpyBytes.gzip(text.getBytes(StandardCharsets.UTF_8)));
        assertTable(new TableReader(DEFAULTS).read(folder.resolve(name)), List.of("a", "b", "c"), 1, 2, 3, 4, 5, 6);
        assertTable(
                new TableReader(DEFAULTS).read(folder.resolve(name + ".gz")), List.of("a", "b", "c"), 1, 2, 3, 4, 5, 6);
    }

    @Test
    void aDelimiterInQuotesIsNone() throws IOException {
        assertTable(read("\"a;b;c\",d\n1,2\n", DEFAULTS), List.of("a;b;c", "d"), 1, 2);
    }

    @Test
    void aGivenDelimiterWins() throws IOException {
        assertTable(read("a|b\n1|2\n", DEFAULTS.withDelimiter('|')), List.of("a", "b"), 1, 2);
        assertThatThrownBy(() -> DEFAULTS.withDelimiter('"')).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> DEFAULTS.withDelimiter('.')).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void knowsGzipByItsBytesNotItsName() throws IOException {
        byte[] plain = "a\n1\n".getBytes(StandardCharsets.UTF_8);
        Files.write(folder.resolve("zipped.csv"), NpyBytes.gzip(plain));
        Files.write(folder.resolve("plain.csv.gz"), plain);
        assertTable(new TableReader(DEFAULTS).read(folder.resolve("zipped.csv")), List.of("a"), 1);
        assertTable(new TableReader(DEFAULTS).read(folder.resolve("plain.csv.gz")), List.of("a"), 1);
    }

    @Test
    void readsStandardInput() throws IOException {
        DataSource source = DataSource.of("-", new ByteArrayInputStream("a;b\n1;2\n".getBytes(StandardCharsets.UTF_8)));
        assertTable(new TableReader(DEFAULTS).read(source), List.of("a", "b"), 1, 2);
        assertThat(source.name()).isEqualTo("standard input");
        assertThat(DataSource.of("a/b.csv", null)).isEqualTo(new DataSource.File(Path.of("a/b.csv")));
    }

    @Test
    void readsQuotesSpacesBlankLinesAndAnyLineEnds() throws IOException {
        String text = "\uFEFF\"a, \"\"b\"\"\", c \r\n\r\n\"1\",2\r\n   \n 3\t,\"4\"\r\r5,6";
        assertTable(read(text, DEFAULTS), List.of("a, \"b\"", "c"), 1, 2, 3, 4, 5, 6);
    }

    @Test
    void readsNumbersToTheLastBit() throws IOException {
        assertTable(
                read(
                        "a\n0.1\n-1e-300\n+5.\n.5E2\n-0\n123456789012345678901234567890\n1.7976931348623157e308\n",
                        DEFAULTS),
                List.of("a"),
                0.1,
                -1e-300,
                5,
                50,
                -0.0,
                123456789012345678901234567890.0,
                Double.MAX_VALUE);
    }

    @Test
    void namesOutsideAsciiSurvive() throws IOException {
        assertThat(read("größe,身長,𝛼\n1,2,3\n", DEFAULTS).table().columns()).containsExactly("größe", "身長", "𝛼");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a,b / 1,2 | true",
                "1,2 / 3,4 | false",
                "1,NA / 3,4 | false",
                "1, / 3,4 | false",
                "a,2019 / 3,4 | true",
                "a,b / x,y | true",
                "5.1,setosa / 4.9,setosa | false",
                "id,5 / x,6 | false",
                "a,b | true",
                "a,5 | false",
                "5.1,setosa / ,virginica | false",
                "5.1,setosa / 4.9, | false",
                "id,a / 0,1 | true",
                ",a / 0,1 | true",
            })
    void guessesWhetherThereIsAHeader(String text, boolean header) {
        List<List<String>> rows = List.of(text.split(" / ")).stream()
                .map(row -> List.of(row.split(",", -1)))
                .toList();
        List<String> second = rows.size() > 1 ? rows.get(1) : List.of();
        assertThat(HeaderRule.isHeader(rows.get(0), second, DEFAULTS)).isEqualTo(header);
    }

    @Test
    void aRowThatNamesAllColumnsAskedForIsAHeader() throws IOException {
        assertTable(read("0,1,2\n10,11,12\n", DEFAULTS.withColumns(List.of("2", "0"))), List.of("2", "0"), 12, 10);
        assertTable(read("0,1,2\n10,11,12\n", DEFAULTS.withExclude(List.of("1"))), List.of("0", "2"), 10, 12);
        assertThat(read("0,1,2\n10,11,12\n", DEFAULTS).table().rows()).isEqualTo(2);
    }

    @Test
    void takesTheHeaderRuleFromTheOptions() throws IOException {
        assertTable(read("1,2\n3,4\n", DEFAULTS.withHeader(ReadOptions.Header.PRESENT)), List.of("1", "2"), 3, 4);
        assertTable(read("1,2\n3,4\n", DEFAULTS), List.of("x1", "x2"), 1, 2, 3, 4);
        assertThatThrownBy(() -> read("a,b\n3,4\n", DEFAULTS.withHeader(ReadOptions.Header.ABSENT)))
                .hasMessage("data: line 1, column 'x1': found 'a', which is not a number; leave the column out with"
                        + " --exclude x1");
    }

    @Test
    void excludedTextIsNotLookedAt() throws IOException {
        assertTable(read("a,kind\n1,x\n2,y\n", DEFAULTS.withExclude(List.of("kind"))), List.of("a"), 1, 2);
        assertTable(read("5.1,x\n4.9,x\n", DEFAULTS.withExclude(List.of("x2"))), List.of("x1"), 5.1, 4.9);
        assertTable(read("a,kind,b\n1,,3\n", DEFAULTS.withColumns(List.of("b", "a"))), List.of("b", "a"), 3, 1);
    }

    @Test
    void namesHeaderCellsThatAreEmpty() throws IOException {
        assertTable(read(",a\n0,5\n1,6\n", DEFAULTS), List.of("unnamed_1", "a"), 0, 5, 1, 6);
    }

    @Test
    void aModelsColumnsFitByNameElseByPosition() throws IOException {
        ReadOptions model = DEFAULTS.withModelColumns(List.of("b", "a"));
        assertTable(read("a,b\n1,2\n", model), List.of("b", "a"), 2, 1);
        assertTable(read("a,z,b\n1,0,2\n", model), List.of("b", "a"), 2, 1);
        assertTable(read("1,2\n3,4\n", model), List.of("b", "a"), 1, 2, 3, 4);
        assertThatThrownBy(() -> read("1,2,3\n3,4,5\n", model)).hasMessageContaining("there is no column 'b'");
        assertThatThrownBy(() -> read("a,c\n1,2\n", model)).hasMessageContaining("there is no column 'b'");
        // What a person asks for is never taken by position.
        assertTable(read("1,2\n", DEFAULTS.withColumns(List.of("x2", "x1"))), List.of("x2", "x1"), 2, 1);
        assertTable(read("1,2,3\n", DEFAULTS.withModelColumns(List.of("x1", "x3"))), List.of("x1", "x3"), 1, 3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "NA",
                "na",
                "N/A",
                "n/a",
                "NaN",
                "nan",
                "-nan",
                "null",
                "NULL",
                "?",
                "None",
                "#N/A",
                "<NA>",
                " NaN ",
                "inf",
                "-Infinity",
                "+INF",
                "1e999",
                "\"\"",
                "\"NA\""
            })
    void aMissingCellIsRefusedOrItsRowDropped(String cell) throws IOException {
        String text = "a,b\n1,2\n3," + cell + "\n5,6\n";
        String found = cell.replace("\"", "");
        assertThatThrownBy(() -> read(text, DEFAULTS))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("data: line 3, column 'b': "
                        + (found.isBlank() ? "the cell is empty" : "found '" + found + "'"))
                .hasMessageEndingWith(
                        "not a finite number; leave such rows out with --missing drop, or the column with --exclude b");
        ReadResult dropped = read(text, DEFAULTS.withMissing(ReadOptions.Missing.DROP));
        assertTable(dropped, List.of("a", "b"), 1, 2, 5, 6);
        assertThat(dropped.droppedRows()).isEqualTo(1);
        assertThat(read(text, DEFAULTS.withExclude(List.of("b"))).droppedRows()).isZero();
    }

    /** There, no column can be left out. */
    @Test
    void aModelsColumnsAreComplainedOfAsSuch() {
        ReadOptions model = DEFAULTS.withModelColumns(List.of("a", "b"));
        assertThatThrownBy(() -> read("a,c\n1,2\n", model))
                .hasMessage("data: there is no column 'b', which the model needs; there are 'a', 'c'");
        assertThatThrownBy(() -> read("a,b\n1,2\n3,\n", model)).hasMessageEndingWith("rows out with --missing drop");
        assertThatThrownBy(() -> read("a,b\n1,2\n3,x\n", model))
                .hasMessageEndingWith("found 'x', which is not a number; the model needs one there");
        assertThatThrownBy(() -> read("a,b\n,2\n", model.withMissing(ReadOptions.Missing.DROP)))
                .hasMessageEndingWith("in a column that the model needs");
    }

    @Test
    void textIsRefusedEvenWhereMissingIsDropped() {
        assertThatThrownBy(() -> read("a,b\n,x\n", DEFAULTS.withMissing(ReadOptions.Missing.DROP)))
                .hasMessage("data: line 2, column 'b': found 'x', which is not a number; leave the column out with"
                        + " --exclude b");
    }

    @Test
    void quotesWhatItFoundSafely() {
        assertThatThrownBy(() -> read("my col\n1\n\"\u001b[31m\n" + "y".repeat(99) + "\"\n", DEFAULTS))
                .hasMessage("data: line 3, column 'my col': found '\\u001b[31m\\n" + "y".repeat(34)
                        + "…', which is not a number; leave the column out with --exclude 'my col'");
    }

    @Test
    void countsPhysicalLines() {
        assertThatThrownBy(() -> read("a,b\r\n\r\n\"1\r\n\",2\r\n\n5,x\r\n", DEFAULTS.withExclude(List.of("a"))))
                .hasMessageStartingWith("data: line 6, column 'b': found 'x'");
    }

    @Test
    void saysWhichOfSeveralMissingCellsItMeans() {
        assertThatThrownBy(() -> read("a,b\nNA,?\n", DEFAULTS.withColumns(List.of("b", "a"))))
                .hasMessageStartingWith("data: line 2, column 'b': found '?'");
    }

    @Test
    void refusesRaggedRows() {
        assertThatThrownBy(() -> read("a,b,c\n1,2,3\n4,5\n", DEFAULTS))
                .hasMessageStartingWith("data: line 3: expected 3 cells, found 2");
        assertThatThrownBy(() -> read("a\n1\n4,x\n", DEFAULTS))
                .hasMessageStartingWith("data: line 3: expected 1 cell, found 2");
    }

    @Test
    void refusesNothing() {
        assertThatThrownBy(() -> read("", DEFAULTS)).hasMessage("data: is empty");
        assertThatThrownBy(() -> read("\uFEFF\n  \n", DEFAULTS)).hasMessage("data: is empty");
        assertThatThrownBy(() -> read("a,b\n", DEFAULTS)).hasMessage("data: there are no rows of data");
        assertThatThrownBy(() -> read("a\nNA\n?\n", DEFAULTS.withMissing(ReadOptions.Missing.DROP)))
                .hasMessageStartingWith("data: no rows are left, each of the 2 has a missing cell");
    }

    @Test
    void refusesColumnsThatAreNotThere() {
        assertThatThrownBy(() -> read("age,income\n1,2\n", DEFAULTS.withExclude(List.of("incme"))))
                .hasMessage("data: there is no column 'incme' as asked for with --exclude; did you mean 'income'?"
                        + " There are 'age', 'income'");
        assertThatThrownBy(() -> read("age,income\n1,2\n", DEFAULTS.withColumns(List.of("Age"))))
                .hasMessageContaining("did you mean 'age'?");
        assertThatThrownBy(() -> read("age,income\n1,2\n", DEFAULTS.withColumns(List.of("voltage"))))
                .hasMessageEndingWith("--columns; there are 'age', 'income'");
        assertThatThrownBy(() -> read("a\n1\n", DEFAULTS.withExclude(List.of("a"))))
                .hasMessageContaining("every column is excluded");
        String wide = "c" + IntStream.range(0, 29).mapToObj(i -> ",name" + i).collect(Collectors.joining());
        assertThatThrownBy(() -> read(wide + "\n", DEFAULTS.withColumns(List.of("zzz"))))
                .hasMessageEndingWith("'name18' and 10 more");
    }

    @Test
    void refusesNamesThatAreNotClear() {
        assertThatThrownBy(() -> read("a,b, a\n1,2,3\n", DEFAULTS))
                .hasMessage("data: columns 1 and 3 of the header have the same name, 'a'; rename one");
        assertThatThrownBy(() -> DEFAULTS.withColumns(List.of("a", "a"))).hasMessageContaining("names 'a' twice");
        assertThatThrownBy(() -> DEFAULTS.withColumns(List.of(" "))).hasMessageContaining("empty name");
        assertThatThrownBy(() -> DEFAULTS.withColumns(List.of("a")).withExclude(List.of("a")))
                .hasMessageContaining("both asked for and excluded");
    }

    @Test
    void refusesOtherEncodingsNamingTheLine() {
        byte[] latin = "a\n1\n2\n3é\n4\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> read(latin, DEFAULTS))
                .isInstanceOf(DataException.class)
                .hasMessage("data: line 4: the text is not UTF-8; save the file as UTF-8");
        assertThatThrownBy(() -> read("a\n1\n".getBytes(StandardCharsets.UTF_16), DEFAULTS))
                .hasMessageContaining("UTF-16");
        byte[] cut = {'a', '\n', '1', '\n', (byte) 0xC3};
        assertThatThrownBy(() -> read(cut, DEFAULTS)).hasMessageContaining("line 3: the text is not UTF-8");
    }

    @Test
    void refusesQuotesThatDoNotEnd() {
        assertThatThrownBy(() -> read("a\n1\n\"2\n3\n", DEFAULTS))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("line 3: malformed text");
        assertThatThrownBy(() -> read("a\n1\n\"2\"3\n", DEFAULTS)).hasMessageContaining("line 3: malformed text");
    }

    @Test
    void aMissingFileIsNotAMatterOfData() {
        assertThatThrownBy(() -> new TableReader(DEFAULTS).read(folder.resolve("none.csv")))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void refusesFilesOfOtherKinds() throws IOException {
        assertThatThrownBy(() -> read("PAR1....", DEFAULTS)).hasMessageContaining("Parquet");
        Files.writeString(folder.resolve("t.npy"), "a\n1\n");
        assertThatThrownBy(() -> new TableReader(DEFAULTS).read(folder.resolve("t.npy")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("not a NumPy file");
    }

    @Test
    void readsMoreThanOneBuffer() throws IOException {
        StringBuilder text = new StringBuilder("a,b,c\n");
        for (int i = 0; i < 100_000; i++) {
            text.append(i).append(',').append(i).append(".5,").append(-i).append("e-3\r\n");
        }
        Table table = read(text.toString(), DEFAULTS).table();
        assertThat(table.rows()).isEqualTo(100_000);
        for (int i = 0; i < table.rows(); i++) {
            assertThat(table.get(i, 0)).isEqualTo(i);
            assertThat(table.get(i, 1)).isEqualTo(i + 0.5);
            assertThat(table.get(i, 2)).isEqualTo(Double.parseDouble(-i + "e-3"));
        }
    }
}
