package dev.millrace.kernel;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;

/** The kernel forms that this JVM can test. */
final class KernelForms {

    private KernelForms() {}

    /** The vector form; where its module is not loaded, the calling test is skipped. */
    static Kernel vector() {
        assumeTrue(vectorModule(), "no vector form to compare with: start with --add-modules jdk.incubator.vector");
        return new VectorKernel();
    }

    static List<Kernel> all() {
        List<Kernel> forms = new ArrayList<>(List.of(new PlainKernel()));
        if (vectorModule()) {
            forms.add(new VectorKernel());
        }
        return forms;
    }

    static boolean vectorModule() {
        return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    }
}
