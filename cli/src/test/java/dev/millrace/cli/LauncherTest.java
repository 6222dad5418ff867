package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in a folder laid out like the project's, with a stand-in for Maven: nothing is built here. */
class LauncherTest {

    private static final Path LAUNCHER = Path.of("..", "millrace");

    private static final String JAR = "cli/target/lib/millrace-cli-all.jar";

    @TempDir
    Path folder;

    private Path home;
    private Path tools;

    @BeforeEach
    void layOut() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")) && Files.isRegularFile(LAUNCHER));
        // Of a name that scripts get wrong.
        home = folder.resolve("the home");
        for (String module : List.of("core", "data", "report", "cli")) {
            Files.createDirectories(home.resolve(module).resolve("src/main"));
            Files.createFile(home.resolve(module).resolve("pom.xml"));
        }
        Files.createFile(home.resolve("pom.xml"));
        Files.copy(LAUNCHER, home.resolve("millrace"));
        makeExecutable(home.resolve("millrace"));
        tools = Files.createDirectory(folder.resolve("tools"));
        Files.createDirectories(home.resolve("cli/target/lib"));
        writePathingJar(home.resolve(JAR));
        Path stamp = Files.createFile(home.resolve("cli/target/launcher.stamp"));
        Files.setLastModifiedTime(stamp, FileTime.from(Instant.now().plusSeconds(60)));
    }

    @Test
    void startsFromAnotherFolderThroughASymlinkAndPassesTheExitCode() throws Exception {
        Path link = Files.createSymbolicLink(tools.resolve("mill"), Path.of("..", "the home", "millrace"));

        Cli.Result version = run(Map.of(), link.toString(), "--version").requireOk();
        Cli.Result wrong = run(Map.of(), home.resolve("millrace").toString(), "frobnicate");

        assertThat(version.out()).startsWith("millrace ");
        assertThat(version.err()).doesNotContain("Building");
        assertThat(wrong.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(wrong.err()).contains("frobnicate");
    }

    @Test
    void buildsAgainWhenASourceIsNewerAndShowsWhatFailed() throws Exception {
        Path source = Files.createFile(home.resolve("core/src/main/New.java"));
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(120)));
        standIn("mvn", "echo the compiler is not amused; exit 1");

        Cli.Result result = run(Map.of(), home.resolve("millrace").toString(), "--version");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err())
                .contains("Building Millrace (its sources have changed)…")
                .contains("the compiler is not amused")
                .contains("millrace: the build has failed");
        assertThat(result.out()).isEmpty();
        assertThat(home.resolve("cli/target")).isDirectoryNotContaining("glob:**/launcher.stamp.*");
    }

    @Test
    void buildsOnceWhereNothingIsBuilt() throws Exception {
        Files.delete(home.resolve("cli/target/launcher.stamp"));
        Path jar = Files.move(home.resolve(JAR), folder.resolve("millrace-cli-all.jar"));
        standIn("mvn", "mkdir -p cli/target/lib; cp '" + jar + "' cli/target/lib/");

        Cli.Result first =
                run(Map.of(), home.resolve("millrace").toString(), "--version").requireOk();
        Cli.Result second =
                run(Map.of(), home.resolve("millrace").toString(), "--version").requireOk();

        assertThat(first.err()).contains("Building Millrace (first run only)…");
        assertThat(first.out()).isEqualTo(second.out()).startsWith("millrace ");
        assertThat(second.err()).doesNotContain("Building");
    }

    @Test
    void buildsAgainWhereTheJarIsMissing() throws Exception {
        Path jar = Files.move(home.resolve(JAR), folder.resolve("millrace-cli-all.jar"));
        standIn("mvn", "mkdir -p cli/target/lib; cp '" + jar + "' cli/target/lib/");

        Cli.Result result =
                run(Map.of(), home.resolve("millrace").toString(), "--version").requireOk();

        assertThat(result.err()).contains("Building Millrace (its jar is missing)…");
        assertThat(result.out()).startsWith("millrace ");
    }

    /** Another start in the middle of a build, where no lock keeps it waiting. */
    @Test
    void withoutLocksTwoMayBuild() throws Exception {
        Files.delete(home.resolve("cli/target/launcher.stamp"));
        Path jar = Files.move(home.resolve(JAR), folder.resolve("millrace-cli-all.jar"));
        for (String tool :
                List.of("bash", "cat", "cp", "dirname", "find", "mkdir", "mv", "readlink", "rm", "sed", "touch")) {
            standIn(tool, "exec '" + onThePath(tool) + "' \"$@\"");
        }
        standIn(
                "mvn",
                "[ -n \"${NESTED:-}\" ] || NESTED=1 ./millrace --version || exit\n" + "mkdir -p cli/target/lib; cp '"
                        + jar + "' cli/target/lib/");

        Cli.Result result = run(
                        Map.of("PATH", tools.toString()),
                        home.resolve("millrace").toString(),
                        "--version")
                .requireOk();

        assertThat(result.out()).startsWith("millrace ");
        try (var files = Files.list(home.resolve("cli/target"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("build.log", "launcher.stamp", "lib");
        }
    }

    private static Path onThePath(String tool) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .map(place -> Path.of(place, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void refusesAJavaThatIsMissingOrTooOld() throws Exception {
        Path old = Files.createDirectories(folder.resolve("jdk11/bin")).getParent();
        Files.writeString(old.resolve("release"), "JAVA_VERSION=\"11.0.2\"\nMODULES=\"java.base\"\n");
        makeExecutable(Files.createFile(old.resolve("bin/java")));
        String launcher = home.resolve("millrace").toString();

        Cli.Result missing = run(Map.of("JAVA_HOME", folder.resolve("nowhere").toString()), launcher, "--version");
        Cli.Result tooOld = run(Map.of("JAVA_HOME", old.toString()), launcher, "--version");

        assertThat(missing.exitCode()).isEqualTo(1);
        assertThat(missing.err()).contains("JAVA_HOME is", "there is no bin/java in it");
        assertThat(tooOld.exitCode()).isEqualTo(1);
        assertThat(tooOld.err()).contains("is Java 11; Millrace needs 17 or newer");
    }

    private Cli.Result run(Map<String, String> environment, String... command) throws Exception {
        Path out = folder.resolve("stdout");
        Path err = folder.resolve("stderr");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(tools.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().remove("MILLRACE_JAVA_OPTS");
        builder.environment().put("PATH", tools + File.pathSeparator + System.getenv("PATH"));
        builder.environment().putAll(environment);
        int exitCode = builder.start().waitFor();
        return new Cli.Result(exitCode, Files.readString(out), Files.readString(err));
    }

    private void standIn(String name, String script) throws IOException {
        makeExecutable(Files.writeString(tools.resolve(name), "#!/bin/bash\n" + script + "\n"));
    }

    private static void makeExecutable(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** A jar without classes that points to this JVM's class path. */
    private static void writePathingJar(Path jar) throws IOException {
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toUri().toString())
                .collect(Collectors.joining(" "));
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath);
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
    }
}
