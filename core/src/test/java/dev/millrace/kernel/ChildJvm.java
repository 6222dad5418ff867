package dev.millrace.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A JVM of the same version and class path as this one, with flags of its own. */
final class ChildJvm {

    private final List<String> command;
    private final Process process;

    private ChildJvm(List<String> command, Process process) {
        this.command = command;
        this.process = process;
    }

    static ChildJvm start(Class<?> main, List<String> flags) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        return new ChildJvm(command, new ProcessBuilder(command).start());
    }

    /** What it printed on standard output, once it has ended well. */
    String output() throws IOException, InterruptedException {
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(() -> command + errors()).isZero();
        return output.strip();
    }

    /** What it printed on standard error. */
    String errors() {
        try {
            return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
