package dev.millrace.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class CompareTest {

    private static final Path PEERS = Path.of("peers");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "--only=train-realnvp-2;fly, no work begins with fly",
        "--peers=torch;tensorflow, unknown peer tensorflow",
        "--rounds=0, rounds and seconds must be above 0",
        "--seconds=0, rounds and seconds must be above 0",
        "--python=no/such/python, no program at no/such/python",
    })
    void wrongUsageIsExplained(String argument, String message) {
        StringWriter errors = new StringWriter();
        int code = new CommandLine(new Compare())
                .setErr(new PrintWriter(errors))
                .execute("--home", folder.toString(), argument.replace(';', ','));
        assertThat(code).isEqualTo(2);
        assertThat(errors.toString()).contains(message);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void everyPeerHasItsPackagesAndItsDriver() throws IOException {
        List<String> names = new ArrayList<>();
        for (String line : Files.readAllLines(PEERS.resolve("requirements.txt"))) {
            if (!line.startsWith("#")) {
                String name = line.split(" ")[0];
                names.add(name);
                assertThat(line.substring(name.length())).as(name).matches("( [a-z]+==[0-9.]+)+");
                assertThat(PEERS.resolve("peer_" + name.replace('-', '_') + ".py"))
                        .exists();
            }
        }
        assertThat(names).isEqualTo(Compare.PEERS);
    }
}
