package dev.millrace.cli;

import java.util.concurrent.CountDownLatch;

/**
 * Turns Ctrl-C (SIGINT) and SIGTERM into a wish that work can grant: while one of these is open, the JVM waits with its
 * end until it is closed, then ends with 128 + the signal's number as exit code.
 */
final class Interruption implements AutoCloseable {

    private final CountDownLatch workDone = new CountDownLatch(1);
    private final Thread hook = new Thread(this::waitForWork, "millrace-interruption");
    private volatile boolean requested;

    private Interruption() {}

    /** Begins to watch. */
    static Interruption watch() {
        Interruption interruption = new Interruption();
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    private void waitForWork() {
        requested = true;
        try {
            workDone.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether work should end. */
    boolean requested() {
        return requested;
    }

    @Override
    public void close() {
        workDone.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is ending already: that is what the hook has been waiting for.
        }
    }
}
