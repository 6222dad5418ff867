package dev.millrace.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opentest4j.TestAbortedException;

class AtomicFileTest {

    @TempDir
    Path folder;

    @Test
    void writesANewFileAndReplacesAnOldOne() throws IOException {
        Path target = folder.resolve("target");
        AtomicFile.replace(target, out -> out.write(new byte[100_000]));
        assertThat(target).hasSize(100_000);
        AtomicFile.replace(target, out -> out.write(7));
        assertThat(target).hasBinaryContent(new byte[] {7});
        assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void theOldFileIsThereUntilTheNewOneIsComplete() throws IOException {
        Path target = folder.resolve("target");
        Files.writeString(target, "old");
        AtomicFile.replace(target, out -> {
            out.write(new byte[100_000]);
            assertThat(target).hasContent("old");
        });
        assertThat(target).hasSize(100_000);
    }

    @Test
    void aFailureLeavesTheOldFileAndNothingElse() throws IOException {
        Path target = folder.resolve("target");
        Files.writeString(target, "old");
        IOException full = new IOException("disk full");
        IllegalArgumentException fault = new IllegalArgumentException("cannot be written");
        OutOfMemoryError memory = new OutOfMemoryError("heap");
        assertThatThrownBy(() -> replaceHalf(target, full)).isSameAs(full);
        assertThatThrownBy(() -> replaceHalf(target, fault)).isSameAs(fault);
        assertThatThrownBy(() -> replaceHalf(target, memory)).isSameAs(memory);
        assertThat(target).hasContent("old");
        assertThat(folder.toFile().list()).containsExactly("target");
    }

    @Test
    void aTargetThatCannotBeReplacedLeavesNothingBehind() throws IOException {
        Path target = Files.createDirectory(folder.resolve("target"));
        Files.writeString(target.resolve("inside"), "old");
        assertThatThrownBy(() -> AtomicFile.replace(target, out -> out.write(1)))
                .isInstanceOf(IOException.class);
        assertThat(folder.toFile().list()).containsExactly("target");
        assertThat(target.resolve("inside")).hasContent("old");
    }

    @Test
    void aMissingFolderIsAnInputOutputError() {
        assertThatThrownBy(() -> AtomicFile.replace(folder.resolve("none/target"), out -> out.write(1)))
                .isInstanceOf(NoSuchFileException.class);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void theLongestFileNameWorks() throws IOException {
        Path target = folder.resolve("x".repeat(255));
        AtomicFile.replace(target, out -> out.write(1));
        assertThat(target).hasSize(1);
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void whatIsNoRegularFileIsWrittenInPlace() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        Process reader = new ProcessBuilder("cat", pipe.toString()).start();
        AtomicFile.replace(pipe, out -> out.write(new byte[] {1, 2, 3}));
        assertThat(reader.getInputStream().readAllBytes()).containsExactly(1, 2, 3);
        assertThat(pipe).exists();
        assertThat(Files.isRegularFile(pipe)).isFalse();
        assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void aLinkStaysALinkAndWhatItPointsAtIsReplaced() throws IOException {
        Path versions = Files.createDirectory(folder.resolve("versions"));
        Path first = Files.writeString(versions.resolve("v1"), "old");
        Path current = link(versions.resolve("current"), Path.of("v1"));
        Path latest = link(folder.resolve("latest"), Path.of("versions/current"));
        AtomicFile.replace(latest, out -> out.write(7));
        assertThat(latest).isSymbolicLink();
        assertThat(current).isSymbolicLink();
        assertThat(first).isRegularFile().hasBinaryContent(new byte[] {7});
        assertThat(versions.toFile().list()).containsExactlyInAnyOrder("v1", "current");
    }

    @Test
    void aLinkMayPointAtAFileThatIsNotThereYet() throws IOException {
        Path latest = link(folder.resolve("latest"), Path.of("v1"));
        AtomicFile.replace(latest, out -> out.write(7));
        assertThat(latest).isSymbolicLink();
        assertThat(folder.resolve("v1")).hasBinaryContent(new byte[] {7});
    }

    @Test
    void linksThatPointAtEachOtherAreAnInputOutputError() {
        Path here = link(folder.resolve("here"), Path.of("there"));
        link(folder.resolve("there"), Path.of("here"));
        assertThatThrownBy(() -> AtomicFile.replace(here, out -> out.write(1)))
                .isInstanceOf(FileSystemLoopException.class)
                .hasMessageContaining(here.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-------", "rw-rw-rw-", "r--r--r--"})
    void whoMayReadTheOldFileMayReadTheNewOneAndNobodyElse(String permissions) throws IOException {
        assumeThat(folder.getFileSystem().supportedFileAttributeViews()).contains("posix");
        Path target = Files.writeString(folder.resolve("target"), "old");
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString(permissions));
        AtomicFile.replace(target, out -> {
            out.write(7);
            assertThat(unexpected(permissions)).isEmpty();
        });
        assertThat(target).hasBinaryContent(new byte[] {7});
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target)))
                .isEqualTo(permissions);
    }

    /** Permissions of any file in the folder that are not among these. */
    private Set<PosixFilePermission> unexpected(String permissions) throws IOException {
        Set<PosixFilePermission> found = EnumSet.noneOf(PosixFilePermission.class);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                found.addAll(Files.getPosixFilePermissions(file));
            }
        }
        found.removeAll(PosixFilePermissions.fromString(permissions));
        return found;
    }

    private static Path link(Path link, Path target) {
        try {
            return Files.createSymbolicLink(link, target);
        } catch (IOException | UnsupportedOperationException e) {
            throw new TestAbortedException("no links on this file system", e);
        }
    }

    private static void replaceHalf(Path target, Throwable failure) throws IOException {
        AtomicFile.replace(target, out -> {
            out.write(new byte[100_000]);
            if (failure instanceof IOException e) {
                throw e;
            }
            if (failure instanceof RuntimeException e) {
                throw e;
            }
            throw (Error) failure;
        });
    }
}
