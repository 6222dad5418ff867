package dev.millrace.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
