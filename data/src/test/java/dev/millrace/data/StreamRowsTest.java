package dev.millrace.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamRowsTest {

    private static final ReadOptions DROPPING = ReadOptions.defaults().withMissing(ReadOptions.Missing.DROP);

    /** Writes down what it is told. */
    private static final class Record implements RowSink {

        private final List<String> said = new ArrayList<>();

        @Override
        public void begin(RowLayout layout) {
            said.add(layout.inputColumns() + " -> " + layout.columns());
        }

        @Override
        public void row(long line, List<String> rawCells, double[] values) {
            said.add(line + " " + rawCells + " " + Arrays.toString(values));
        }

        @Override
        public void dropped(long line, List<String> rawCells) {
            said.add(line + " dropped " + rawCells);
        }
    }

    private static RowCount stream(byte[] bytes, ReadOptions options, RowSink sink) throws IOException {
        return new TableReader(options).stream(new DataSource.Stream(new ByteArrayInputStream(bytes), "data"), sink);
    }

    private static RowCount stream(String text, ReadOptions options, RowSink sink) throws IOException {
        return stream(text.getBytes(StandardCharsets.UTF_8), options, sink);
    }

    @Test
    void givesTextAndNumbersOfEachRow() throws IOException {
        Record record = new Record();
        RowCount count = stream(
                "id,b,a\nx, 1 ,\"2\"\n\ny,NA,3\n\"z, \"\"z\"\"\",5,6\nw,7,8e0\n",
                DROPPING.withColumns(List.of("a", "b")),
                record);
        assertThat(record.said)
                .containsExactly(
                        "[id, b, a] -> [a, b]",
                        "2 [x,  1 , 2] [2.0, 1.0]",
                        "4 dropped [y, NA, 3]",
                        "5 [z, \"z\", 5, 6] [6.0, 5.0]",
                        "6 [w, 7, 8e0] [8.0, 7.0]");
        assertThat(count).isEqualTo(new RowCount(3, 1));
    }

    @Test
    void givesTheFirstRowOfAFileWithoutHeader() throws IOException {
        Record record = new Record();
        stream("1,2\n3,4\n5,6\n", ReadOptions.defaults().withModelColumns(List.of("a", "b")), record);
        assertThat(record.said)
                .containsExactly(
                        "[x1, x2] -> [a, b]", "1 [1, 2] [1.0, 2.0]", "2 [3, 4] [3.0, 4.0]", "3 [5, 6] [5.0, 6.0]");
    }

    /** The first two rows are text before the columns are known. */
    @Test
    void givesNoTextToASinkThatNeedsNone() throws IOException {
        ByteBuffer elements = ByteBuffer.allocate(48).order(ByteOrder.LITTLE_ENDIAN);
        elements.asDoubleBuffer().put(new double[] {1, 2, Double.NaN, 3, 4, 5});
        for (byte[] bytes : List.of(
                "a,b\n1,2\nNA,3\n4,5\n".getBytes(StandardCharsets.UTF_8),
                "1,2\nNA,3\n4,5\n".getBytes(StandardCharsets.UTF_8),
                NpyBytes.npy("<f8", false, "(3, 2)", elements.array()))) {
            List<String> said = new ArrayList<>();
            stream(bytes, DROPPING, new RowSink() {
                @Override
                public boolean needsText() {
                    return false;
                }

                @Override
                public void row(long line, List<String> rawCells, double[] values) {
                    said.add(rawCells + " " + Arrays.toString(values));
                }

                @Override
                public void dropped(long line, List<String> rawCells) {
                    said.add("dropped " + rawCells);
                }
            });
            assertThat(said).containsExactly("[] [1.0, 2.0]", "dropped []", "[] [4.0, 5.0]");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void givesTheNumbersOfAnArrayAsText(boolean fortran) throws IOException {
        byte[] elements = ByteBuffer.allocate(16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putFloat(0.1f)
                .putFloat(fortran ? Float.NaN : 2)
                .putFloat(fortran ? 2 : Float.NaN)
                .putFloat(4)
                .array();
        Record record = new Record();
        RowCount count = stream(NpyBytes.npy("<f4", fortran, "(2, 2)", elements), DROPPING, record);
        assertThat(record.said)
                .containsExactly(
                        "[x1, x2] -> [x1, x2]", "1 [0.1, 2.0] [" + (double) 0.1f + ", 2.0]", "2 dropped [NaN, 4.0]");
        assertThat(count).isEqualTo(new RowCount(1, 1));
        byte[] large = NpyBytes.npy(
                "<u8", fortran, "(1, 2)", new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, 1, 0, 0, 0, 0, 0, 0, 0});
        Record exact = new Record();
        stream(large, DROPPING, exact);
        assertThat(exact.said.get(1)).startsWith("1 [18446744073709551615, 1] ");
    }

    @Test
    void theTextOfARowMayBeKeptButNotChanged() throws IOException {
        List<List<String>> kept = new ArrayList<>();
        stream("a\n1\n2\n3\n", ReadOptions.defaults(), (line, cells, values) -> kept.add(cells));
        assertThat(kept).containsExactly(List.of("1"), List.of("2"), List.of("3"));
        assertThatThrownBy(() -> kept.get(0).set(0, "9")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void anExceptionOfTheSinkEndsTheReading() {
        List<Long> lines = new ArrayList<>();
        assertThatThrownBy(() -> stream("a\n1\n2\n3\n", ReadOptions.defaults(), (line, cells, values) -> {
                    lines.add(line);
                    if (line == 3) {
                        throw new IOException("disk full");
                    }
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("disk full");
        assertThat(lines).containsExactly(2L, 3L);
        assertThatThrownBy(() -> stream("a\n1\n", ReadOptions.defaults(), (line, cells, values) -> {
                    throw new IllegalStateException("no");
                }))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aFaultComesAfterTheRowsBeforeIt() {
        Record record = new Record();
        assertThatThrownBy(() -> stream("a\n1\nx\n", ReadOptions.defaults(), record))
                .isInstanceOf(DataException.class);
        assertThat(record.said).hasSize(2);
        assertThatThrownBy(() -> stream("a\nNA\n", DROPPING, new Record())).hasMessageContaining("no rows are left");
    }
}
