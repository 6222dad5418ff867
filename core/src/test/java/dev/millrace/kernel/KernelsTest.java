package dev.millrace.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class KernelsTest {

    /** Prints the kernel's name after asking for it twice. */
    static final class Name {

        private Name() {}

        public static void main(String[] args) {
            Kernels.active();
            System.out.println(Kernels.active().name());
        }
    }

    @Test
    void withoutTheVectorModuleOneWarningNamesTheFlag() throws Exception {
        ChildJvm child = ChildJvm.start(Name.class, List.of());
        assertThat(child.output()).isEqualTo("plain");
        assertThat(child.errors()).containsOnlyOnce("--add-modules jdk.incubator.vector");
    }

    @Test
    void plainFormOnRequestNeedsNoWarning() throws Exception {
        ChildJvm child = ChildJvm.start(Name.class, List.of("-Dmillrace.kernel=plain"));
        assertThat(child.output()).isEqualTo("plain");
        assertThat(child.errors()).isEmpty();
    }

    @Test
    void aKernelThatThereIsNotIsTold() throws Exception {
        ChildJvm child =
                ChildJvm.start(Name.class, List.of("--add-modules", "jdk.incubator.vector", "-Dmillrace.kernel=plian"));
        assertThat(child.output()).startsWith("vector ");
        assertThat(child.errors()).contains("millrace.kernel=plian is neither plain nor vector");
    }

    @Test
    void vectorFormWhereTheModuleIs() throws Exception {
        ChildJvm child = ChildJvm.start(Name.class, List.of("--add-modules", "jdk.incubator.vector"));
        assertThat(child.output()).startsWith("vector ");
        assertThat(child.errors()).doesNotContain("--add-modules");
    }
}
