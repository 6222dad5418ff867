package dev.millrace.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the programs are shell scripts")
class CellTest {

    @TempDir
    private Path folder;

    private Cell start(String script) throws IOException {
        return new Program("script", List.of("sh", "-c", script, "sh"))
                .start(Work.all().get(0), 2, folder, 0.5);
    }

    @Test
    void aProgramSaysWhatItIsAndMeasuresWhenItIsTold() throws Exception {
        String script = "echo '{\"version\": \"'$1-$2-$4'\", \"parameters\": 3}'; "
                + "n=1; while read line; do echo '{\"rows/s\": '$n'}'; n=$((n + 1)); done";
        try (Cell cell = start(script)) {
            Hello hello = cell.hello();
            assertThat(hello.version()).isEqualTo("train-realnvp-2-2-0.5");
            assertThat(hello.parameters()).isEqualTo(3);
            assertThat(cell.measure()).containsExactly(entry("rows/s", 1.0));
            assertThat(cell.measure()).containsExactly(entry("rows/s", 2.0));
        }
    }

    @Test
    void pythonsNotANumberIsRead() throws Exception {
        try (Cell cell = start("echo '{\"parity\": {\"likelihood\": -1.0, \"mean\": NaN, \"worst\": NaN}}'")) {
            assertThat(cell.hello().parity().worst()).isNaN();
        }
    }

    @Test
    void aProgramThatFailsIsQuoted() throws Exception {
        try (Cell cell = start("echo trouble >&2; echo 'the last line' >&2; exit 3")) {
            assertThatThrownBy(cell::hello).isInstanceOf(IOException.class).hasMessage("exit code 3: the last line");
        }
    }

    @Test
    void aProgramThatFailsWhileItMeasuresIsQuoted() throws Exception {
        try (Cell cell = start("echo '{}'; read line; echo 'out of memory' >&2; exit 1")) {
            cell.hello();
            assertThatThrownBy(cell::measure).isInstanceOf(IOException.class).hasMessage("exit code 1: out of memory");
        }
    }
}
