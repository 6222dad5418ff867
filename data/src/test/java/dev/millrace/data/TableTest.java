package dev.millrace.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {

    private final Table table = Table.of(List.of("a", "b"), new double[] {1, 2, 3, 4, 5, 6});

    @Test
    void givesItsNumbers() {
        assertThat(table.rows()).isEqualTo(3);
        assertThat(table.columns()).containsExactly("a", "b");
        assertThat(table.get(2, 0)).isEqualTo(5);
        assertThat(table.values()).containsExactly(1, 2, 3, 4, 5, 6);
        double[] into = new double[4];
        table.copyRow(1, into, 1);
        assertThat(into).containsExactly(0, 3, 4, 0);
    }

    @Test
    void refusesPlacesItDoesNotHave() {
        for (int[] place : new int[][] {{3, 0}, {-1, 0}, {0, 2}, {0, -1}}) {
            assertThatThrownBy(() -> table.get(place[0], place[1])).isInstanceOf(IndexOutOfBoundsException.class);
        }
        assertThatThrownBy(() -> table.copyRow(3, new double[2], 0)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> table.select(new int[] {3})).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void doesNotChangeWithTheArrayItIsMadeOf() {
        double[] values = {1};
        Table copy = Table.of(List.of("a"), values);
        values[0] = 2;
        assertThat(copy.get(0, 0)).isEqualTo(1);
    }

    @Test
    void refusesWhatIsNoTable() {
        assertThatThrownBy(() -> Table.of(List.of(), new double[0])).hasMessageContaining("at least one column");
        assertThatThrownBy(() -> Table.of(List.of("a", "a"), new double[2])).hasMessageContaining("'a'");
        assertThatThrownBy(() -> Table.of(List.of("a", "b"), new double[3])).hasMessageContaining("whole rows");
    }

    @Test
    void selectsRowsInTheOrderAsked() {
        assertThat(table.select(new int[] {2, 0, 2}).values()).containsExactly(5, 6, 1, 2, 5, 6);
        assertThat(table.select(new int[0]).rows()).isZero();
    }

    @Test
    void putsTablesTogetherByName() {
        Table other = Table.of(List.of("b", "a"), new double[] {20, 10, 40, 30});
        Table all = Table.concat(List.of(table, other, table));
        assertThat(all.columns()).containsExactly("a", "b");
        assertThat(all.values()).containsExactly(1, 2, 3, 4, 5, 6, 10, 20, 30, 40, 1, 2, 3, 4, 5, 6);
    }

    @Test
    void namesTheFilesWhoseColumnsDiffer() {
        ReadResult first = new ReadResult(table, 1, "first.csv");
        ReadResult more = new ReadResult(Table.of(List.of("a", "b", "c"), new double[3]), 2, "more.csv");
        assertThatThrownBy(() -> ReadResult.concat(List.of(first, more)))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("first.csv has no column 'c', which more.csv has");
        assertThatThrownBy(() -> ReadResult.concat(List.of(more, first)))
                .hasMessageStartingWith("first.csv has no column 'c', which more.csv has");
        assertThatThrownBy(() -> Table.concat(List.of(table, more.table()))).hasMessageContaining("table 1 has no");
        assertThatThrownBy(() -> Table.concat(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void addsUpWhatWasDropped() {
        ReadResult all = ReadResult.concat(
                List.of(new ReadResult(table, 1, "first.csv"), new ReadResult(table, 2, "second.csv")));
        assertThat(all.droppedRows()).isEqualTo(3);
        assertThat(all.table().rows()).isEqualTo(6);
        assertThat(all.source()).isEqualTo("first.csv, second.csv");
    }

    @Test
    void aFingerprintTellsNamesOrderAndEveryBit() {
        String fingerprint = Fingerprint.of(table);
        // Computed with Python's hashlib.
        assertThat(fingerprint).matches("[0-9a-f]{16}").isEqualTo("16c02fea2aae9968");
        assertThat(Fingerprint.of(Table.of(table.columns(), table.values()))).isEqualTo(fingerprint);
        double[] nudged = table.values();
        nudged[5] = Math.nextUp(nudged[5]);
        assertThat(List.of(
                        Fingerprint.of(Table.of(List.of("a", "b"), nudged)),
                        Fingerprint.of(Table.of(List.of("b", "a"), table.values())),
                        Fingerprint.of(Table.of(List.of("a", "b", "c"), table.values())),
                        Fingerprint.of(table.select(new int[] {0, 1}))))
                .doesNotHaveDuplicates()
                .doesNotContain(fingerprint);
        assertThat(Fingerprint.of(Table.of(List.of("ab", "c"), new double[2])))
                .isNotEqualTo(Fingerprint.of(Table.of(List.of("a", "bc"), new double[2])));
    }

    /** More numbers than are hashed at a time. */
    @Test
    void aFingerprintSeesTheEndOfALongTable() {
        double[] values = new double[5000];
        String before = Fingerprint.of(Table.of(List.of("a"), values));
        values[4999] = 1;
        assertThat(Fingerprint.of(Table.of(List.of("a"), values))).isNotEqualTo(before);
    }
}
