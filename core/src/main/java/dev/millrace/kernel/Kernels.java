package dev.millrace.kernel;

import java.lang.System.Logger.Level;
import java.lang.reflect.InvocationTargetException;

/**
 * Chooses the {@link Kernel} of this JVM, once: the vector form where the module {@code jdk.incubator.vector} is there,
 * else the plain form, with one warning that names the flag. The system property {@value #PROPERTY} set to
 * {@code plain} asks for the plain form.
 */
public final class Kernels {

    /** System property: {@code plain} or {@code vector}. */
    public static final String PROPERTY = "millrace.kernel";

    private static final Kernel ACTIVE = choose();

    private Kernels() {}

    /** The kernel that everything in this JVM computes with. */
    public static Kernel active() {
        return ACTIVE;
    }

    /** The plain form, whichever is active. */
    public static Kernel plain() {
        return new PlainKernel();
    }

    private static Kernel choose() {
        String asked = System.getProperty(PROPERTY, "vector");
        if (asked.equals("plain")) {
            return new PlainKernel();
        }
        if (!asked.equals("vector")) {
            warn(PROPERTY + "=" + asked + " is neither plain nor vector, and ignored");
        }
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
            warn("The module jdk.incubator.vector is not loaded, so Millrace computes without vector kernels: "
                    + "same results, several times slower. Start java with --add-modules jdk.incubator.vector");
            return new PlainKernel();
        }
        Kernels.class
                .getModule()
                .addReads(ModuleLayer.boot().findModule("jdk.incubator.vector").get());
        return vector();
    }

    private static void warn(String message) {
        System.getLogger(Kernels.class.getName()).log(Level.WARNING, message);
    }

    /** By name, so that this class can be loaded where the vector module is not. */
    private static Kernel vector() {
        try {
            return (Kernel) Class.forName("dev.millrace.kernel.VectorKernel")
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("the vector kernel does not start", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the vector kernel is not on the class path", e);
        }
    }
}
