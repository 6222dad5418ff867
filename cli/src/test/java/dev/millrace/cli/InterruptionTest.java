package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.millrace.model.Model;
import java.io.BufferedReader;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 10, unit = TimeUnit.MINUTES)
class InterruptionTest {

    private static final String[] FIT = {
        "fit",
        "data.csv",
        "-o",
        "m.safetensors",
        "--layers",
        "4",
        "--hidden",
        "64,64",
        "--batch",
        "64",
        "--epochs",
        "20"
    };

    @TempDir
    Path folder;

    @Test
    void leavesAModelAndACheckpointThatGoesOnToTheSameBytes() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/kill")) || Files.isExecutable(Path.of("/usr/bin/kill")));
        Cli cli = new Cli(folder);
        Path model = folder.resolve("m.safetensors");
        Tables.write(folder.resolve("data.csv"), 4000, 1);
        cli.run(FIT).requireOk();
        Path uninterrupted = Files.move(model, folder.resolve("uninterrupted.safetensors"));

        String err = interruptAfterFirstEpoch(cli.start(FIT));

        assertThat(err)
                .contains("Interrupted. m.safetensors has the best model so far")
                .contains("--resume m.safetensors.checkpoint");
        assertThat(Model.read(model).history()).isNotEmpty();
        assertThat(cli.files())
                .containsExactly(
                        "data.csv",
                        "m.safetensors",
                        "m.safetensors.checkpoint",
                        uninterrupted.getFileName().toString());

        Cli.Result contradiction = cli.run(resumed("--batch", "32"));
        assertThat(contradiction.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(contradiction.err()).contains("--batch 32 contradicts the checkpoint, which says 64");

        Path checkpoint = folder.resolve("m.safetensors.checkpoint");
        Path kept = Files.copy(checkpoint, folder.resolve("kept"));
        Cli.Result rest =
                cli.run(resumed("--threads", "1", "--report", "rest.html")).requireOk();
        assertThat(rest.err()).contains("Going on after epoch ");
        assertThat(model).hasSameBinaryContentAs(uninterrupted);
        assertThat(checkpoint).doesNotExist();
        assertThat(folder.resolve("rest.html"))
                .content()
                .contains("\"reproduction\":{\"command\":\"millrace fit data.csv -o m.safetensors --seed 1 ")
                .doesNotContain("--resume");

        Files.move(kept, checkpoint);
        cli.run(resumed("--epochs", "21", "--report", "more.html")).requireOk();
        assertThat(folder.resolve("more.html")).content().contains("\"reproduction\":null");
    }

    /** @return the rest of what the process said */
    private static String interruptAfterFirstEpoch(Process process) throws IOException, InterruptedException {
        try (BufferedReader err = process.errorReader()) {
            String line = err.readLine();
            while (line != null && !line.startsWith("epoch 1:")) {
                line = err.readLine();
            }
            assertThat(line).isNotNull();
            boolean term = isInterruptIgnored();
            new ProcessBuilder("kill", term ? "-TERM" : "-INT", String.valueOf(process.pid()))
                    .start()
                    .waitFor();
            String rest = String.join("\n", err.lines().toList());
            assertThat(process.waitFor()).isEqualTo(term ? 143 : ExitCode.INTERRUPTED);
            return rest;
        } finally {
            process.destroyForcibly();
        }
    }

    /** A process started in the background of a script ignores SIGINT, and so do its children. */
    private static boolean isInterruptIgnored() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return false;
        }
        String ignored = Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .findFirst()
                .orElse("SigIgn:\t0");
        return new BigInteger(ignored.substring(7).strip(), 16).testBit(1);
    }

    private static String[] resumed(String... more) {
        List<String> args = new ArrayList<>(
                List.of("fit", "data.csv", "-o", "m.safetensors", "--resume", "m.safetensors.checkpoint"));
        args.addAll(List.of(more));
        return args.toArray(String[]::new);
    }
}
