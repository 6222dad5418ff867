package dev.millrace.bench.compare;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The process of a program at one work with some threads: says who it is, and measures once for every line that it is
 * sent, so that several cells can take turns.
 */
final class Cell implements AutoCloseable {

    /** One that says nothing for longer has hung; compiling a deep flow takes minutes. */
    private static final long MOST_MINUTES = 15;

    private static final double NANOSECONDS = 1e9;

    /** Python writes NaN as it is. */
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private final Program program;
    private final int threads;
    private final Path errors;
    private final long started;
    private final Process process;
    private final BufferedReader output;
    private final Writer input;

    Cell(Program program, int threads, List<String> command, Path errors) throws IOException {
        this.program = program;
        this.threads = threads;
        this.errors = errors;
        this.started = System.nanoTime();
        this.process =
                new ProcessBuilder(command).redirectError(errors.toFile()).start();
        this.output = process.inputReader();
        this.input = process.outputWriter();
    }

    Program program() {
        return program;
    }

    int threads() {
        return threads;
    }

    /**
     * What the process says first.
     *
     * @throws IOException if the process fails or hangs; the message ends with what it said
     */
    Hello hello() throws IOException, InterruptedException {
        return JSON.readValue(line(), Hello.class);
    }

    /**
     * Measures once.
     *
     * @return values by what they measure
     * @throws IOException if the process fails or hangs; the message ends with what it said
     */
    Map<String, Double> measure() throws IOException, InterruptedException {
        input.write('\n');
        input.flush();
        return JSON.readValue(line(), new TypeReference<>() {});
    }

    /** Seconds since the process was started. */
    double age() {
        return (System.nanoTime() - started) / NANOSECONDS;
    }

    private String line() throws IOException, InterruptedException {
        CompletableFuture<String> line =
                CompletableFuture.supplyAsync(() -> output.lines().findFirst().orElse(null));
        try {
            String text = line.get(MOST_MINUTES, TimeUnit.MINUTES);
            if (text == null) {
                throw new IOException("exit code " + process.waitFor() + ": " + lastError());
            }
            return text;
        } catch (TimeoutException e) {
            throw new IOException("said nothing for " + MOST_MINUTES + " minutes", e);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        }
    }

    private String lastError() throws IOException {
        List<String> lines = Files.readAllLines(errors);
        return lines.isEmpty() ? "no message" : lines.get(lines.size() - 1);
    }

    @Override
    public void close() {
        process.destroy();
    }
}
