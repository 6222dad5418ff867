package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Runs every command and every piece of Java that the documentation shows, in the order in which it stands there. */
class DocumentationTest {

    /** Surefire runs a module's tests in the module's folder. */
    private static final Path HOME = Path.of("").toAbsolutePath().getParent();

    /** Commands that cannot be run here, because a test inside them is running this one or they measure for long. */
    private static final List<String> ELSEWHERE = List.of(
            "mvn -B verify",
            "bench/run",
            "bench/compare",
            "bench/cores",
            "bench/picture",
            "bench/profile",
            "bench/results",
            "bench/stream");

    @TempDir
    static Path folder;

    @TestFactory
    Stream<DynamicTest> everyBlockRuns() throws IOException {
        if (!Files.exists(folder.resolve("examples"))) {
            Files.createSymbolicLink(folder.resolve("examples"), HOME.resolve("examples"));
        }
        List<DynamicTest> tests = new ArrayList<>();
        try (Stream<Path> pages = Files.walk(HOME.resolve("docs"))) {
            for (Path page : Stream.concat(Stream.of(HOME.resolve("README.md")), pages.sorted())
                    .filter(file -> file.toString().endsWith(".md"))
                    .toList()) {
                for (CodeBlock block : CodeBlock.of(page)) {
                    tests.add(DynamicTest.dynamicTest(block.title(), () -> run(block)));
                }
                for (String picture : pictures(page)) {
                    tests.add(DynamicTest.dynamicTest(
                            picture, () -> assertThat(folder.resolve(picture)).isNotEmptyFile()));
                }
            }
        }
        assertThat(tests).hasSizeGreaterThan(3);
        return tests.stream();
    }

    /** The pictures that a page's own blocks make. */
    private static List<String> pictures(Path page) throws IOException {
        return Pattern.compile("\\(images/guide/([^)]+)\\)")
                .matcher(Files.readString(page))
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    private static void run(CodeBlock block) throws Exception {
        switch (block.language()) {
            case "sh" -> block.lines().forEach(DocumentationTest::command);
            case "java" -> java(block);
            case "text" -> {}
            default -> throw new AssertionError("nothing runs blocks of " + block.language());
        }
    }

    private static void command(String line) {
        if (ELSEWHERE.stream().anyMatch(line::startsWith)) {
            return;
        }
        assertThat(line).startsWith("./millrace ");
        List<String> arguments =
                new ArrayList<>(List.of(line.substring("./millrace ".length()).split(" +")));
        if (arguments.get(0).equals("demo")) {
            arguments.addAll(List.of("demo-output", "--examples", "examples"));
        }
        Process process = start(List.of("dev.millrace.cli.Millrace"), arguments);
        assertThat(exitCode(process)).as(line).isZero();
    }

    private static void java(CodeBlock block) throws IOException {
        Path source = folder.resolve("Example.java");
        Files.writeString(source, block.asClass("Example"));
        String classPath = System.getProperty("java.class.path");
        int compiled = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-cp", classPath, "-d", folder.toString(), source.toString());
        assertThat(compiled).as("compiles").isZero();
        assertThat(exitCode(start(List.of("Example"), List.of()))).isZero();
    }

    private static Process start(List<String> mainClass, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "-cp",
                folder + System.getProperty("path.separator") + System.getProperty("java.class.path")));
        command.addAll(mainClass);
        command.addAll(arguments);
        try {
            return new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("output.txt").toFile())
                    .start();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static int exitCode(Process process) {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
