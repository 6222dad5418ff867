package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs the program in a process of its own, as a user does, in a folder.
 *
 * @param folder where
 * @param flags of its JVM
 */
record Cli(Path folder, List<String> flags) {

    private static final int MOST_MINUTES = 10;

    /** With the plain kernel: it gives the same bits, and starts without the JVM's warning about an incubating module. */
    Cli(Path folder) {
        this(folder, List.of("-Dmillrace.kernel=plain"));
    }

    /** With the vector kernel, for runs that compute more than they start. */
    static Cli vectorised(Path folder) {
        return new Cli(folder, List.of("--add-modules", "jdk.incubator.vector"));
    }

    /** What a run left: its exit code and what it printed. */
    record Result(int exitCode, String out, String err) {

        Result requireOk() {
            assertThat(exitCode).as(err).isZero();
            return this;
        }

        /** Standard output as the one JSON value that it must be. */
        JsonNode json() {
            try {
                return new ObjectMapper()
                        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                        .readTree(out);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    Result run(String... args) {
        return runWith("", args);
    }

    /** @param input what the program finds on its standard input */
    Result runWith(String input, String... args) {
        try {
            Path out = Files.createTempFile(folder, "stdout", null);
            Path err = Files.createTempFile(folder, "stderr", null);
            Process process = new ProcessBuilder(command(args))
                    .directory(folder.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            int exitCode = exitCode(process, input);
            Result result = new Result(exitCode, Files.readString(out), Files.readString(err));
            Files.delete(out);
            Files.delete(err);
            return result;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int exitCode(Process process, String input) throws IOException, InterruptedException {
        try {
            try (var stdin = process.getOutputStream()) {
                stdin.write(input.getBytes(StandardCharsets.UTF_8));
            }
            assertThat(process.waitFor(MOST_MINUTES, TimeUnit.MINUTES)).isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    /** Starts the program with standard error to be read by the caller. */
    Process start(String... args) throws IOException {
        return start(ProcessBuilder.Redirect.DISCARD, args);
    }

    /** Starts the program with standard output to be written there, and standard error to be read by the caller. */
    Process start(ProcessBuilder.Redirect output, String... args) throws IOException {
        return new ProcessBuilder(command(args))
                .directory(folder.toFile())
                .redirectOutput(output)
                .start();
    }

    private List<String> command(String... args) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Millrace.class.getName()));
        command.addAll(List.of(args));
        return command;
    }

    List<String> files() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
