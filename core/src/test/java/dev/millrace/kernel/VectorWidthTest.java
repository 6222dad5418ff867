package dev.millrace.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VectorWidthTest {

    /** What every processor and every Java version must print: another digest makes saved models score differently. */
    private static final String DIGEST = "fb95215df6a21989";

    private static final String VECTOR = "--add-modules=jdk.incubator.vector";

    /** A flag that another processor does not know is ignored there. */
    private static final List<List<String>> FLAGS = List.of(
            List.of("-Dmillrace.kernel=plain"),
            List.of(VECTOR),
            List.of(VECTOR, "-XX:MaxVectorSize=16"),
            List.of(VECTOR, "-XX:MaxVectorSize=32"),
            List.of(VECTOR, "-XX:MaxVectorSize=64"),
            List.of(VECTOR, "-XX:+IgnoreUnrecognizedVMOptions", "-XX:UseAVX=2"));

    @Test
    void resultsAreTheSameBitsAtEveryVectorWidth() throws Exception {
        List<ChildJvm> children = new ArrayList<>();
        for (List<String> flags : FLAGS) {
            children.add(ChildJvm.start(KernelDigest.class, flags));
        }
        Map<String, String> digestByKernel = new LinkedHashMap<>();
        for (ChildJvm child : children) {
            String[] lines = child.output().split("\\R");
            digestByKernel.merge(lines[0], lines[1], (one, other) -> one.equals(other) ? one : one + " or " + other);
        }
        assertThat(digestByKernel).containsKeys("plain", "vector 128 bits");
        assertThat(digestByKernel.values()).as(digestByKernel::toString).containsOnly(DIGEST);
    }
}
