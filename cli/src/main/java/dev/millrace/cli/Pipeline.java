package dev.millrace.cli;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Does pieces of work on several threads and hands their results on in the order in which the work came, with few of them
 * waiting at any time.
 */
final class Pipeline<T> implements AutoCloseable {

    private static final int WAITING_PER_THREAD = 3;

    private final ExecutorService workers;
    private final int mostWaiting;
    private final Outlet<T> outlet;
    private final Queue<Future<T>> waiting = new ArrayDeque<>();

    /** Where results go, from the thread that submits. */
    @FunctionalInterface
    interface Outlet<T> {
        void accept(T result) throws IOException;
    }

    Pipeline(int threads, Outlet<T> outlet) {
        this.workers = Executors.newFixedThreadPool(threads, work -> {
            Thread thread = new Thread(work, "millrace-worker");
            thread.setDaemon(true);
            return thread;
        });
        this.mostWaiting = WAITING_PER_THREAD * threads;
        this.outlet = outlet;
    }

    /** Takes work on, first waiting for the oldest if too much is waiting. */
    void submit(Callable<T> work) throws IOException {
        if (waiting.size() == mostWaiting) {
            deliverOldest();
        }
        waiting.add(workers.submit(work));
    }

    /** Waits for all work. */
    void finish() throws IOException {
        while (!waiting.isEmpty()) {
            deliverOldest();
        }
    }

    private void deliverOldest() throws IOException {
        try {
            outlet.accept(waiting.remove().get());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandException.failure("interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}
