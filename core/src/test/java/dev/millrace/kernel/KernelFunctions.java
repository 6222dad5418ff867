package dev.millrace.kernel;

import static org.junit.jupiter.api.Named.named;

import java.util.stream.Stream;
import org.junit.jupiter.api.Named;

/** Every elementwise function of a kernel. */
final class KernelFunctions {

    /** Works on the first n entries of y. */
    interface OnDoubles {
        void apply(Kernel kernel, double[] y, int n);
    }

    /** Works on the first n entries of y; x is for a function that reads a second array. */
    interface OnFloats {
        void apply(Kernel kernel, float[] x, float[] y, int n);
    }

    private KernelFunctions() {}

    static Stream<Named<OnDoubles>> onDoubles() {
        return Stream.of(
                named("exp", Kernel::exp),
                named("log", Kernel::log),
                named("tanh", Kernel::tanh),
                named("sigmoid", Kernel::sigmoid),
                named("softplus", Kernel::softplus));
    }

    static Stream<Named<OnFloats>> onFloats() {
        return Stream.of(
                named("exp", (kernel, x, y, n) -> kernel.exp(y, n)),
                named("tanh", (kernel, x, y, n) -> kernel.tanh(y, n)),
                named("sigmoid", (kernel, x, y, n) -> kernel.sigmoid(y, n)),
                named("relu", (kernel, x, y, n) -> kernel.relu(y, n)),
                named("reluBackward", Kernel::reluBackward));
    }
}
