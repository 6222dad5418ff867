package dev.millrace.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same seed, data and settings give the same bits: with any number of threads, in any JVM, at any vector width. */
class SameModelTest {

    /** What every processor and every Java version must give. It changes when the arithmetic of training does. */
    private static final String DIGEST =
            """
            d7e15114fbdde085/1e9dda0f92439ecf
            c3f8bb240f8240b3/884c9d3ff303092e
            a14a9bde48a17f4a/48f8c6525715b3df
            9e3e01f286f04c77/8709e94c916c4cc3
            e4126217816ac316/ab26718e54a489ad
            0bc5ffa2b10bb600/0f3eee9eed9855c8""";

    private static final String VECTOR = "--add-modules=jdk.incubator.vector";

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void threadsDoNotChangeABit(int threads) {
        assertThat(TrainingDigest.of(threads)).isEqualTo(DIGEST);
    }

    /** A flag that another processor does not know is ignored there. */
    static List<List<String>> flags() {
        return List.of(
                List.of(VECTOR, "-Dmillrace.kernel=plain"),
                List.of(),
                List.of(VECTOR, "-XX:MaxVectorSize=16"),
                List.of(VECTOR, "-XX:MaxVectorSize=32"),
                List.of(VECTOR, "-XX:+IgnoreUnrecognizedVMOptions", "-XX:UseAVX=2"));
    }

    @ParameterizedTest
    @MethodSource("flags")
    void theFormOfTheKernelDoesNotChangeABit(List<String> flags) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), TrainingDigest.class.getName()));
        Process child = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(child.waitFor()).as(command::toString).isZero();
        assertThat(output.strip()).isEqualTo(DIGEST);
    }
}
