package dev.millrace.train;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/**
 * A few threads that share out the pieces of one job after another, the caller being one of them. Each begins with a
 * share of its own, so that it finds in its core's cache what it left there in the job before, and then helps the
 * others. Between jobs they wait for a moment in a loop before they sleep: the jobs of a training step follow each other
 * within microseconds. Nothing is allocated for a job.
 *
 * <p>Which thread gets which piece is not determined, so pieces must not depend on each other.
 */
final class Team implements AutoCloseable {

    /** Turns of the waiting loop before a thread sleeps, some tenths of a millisecond. */
    private static final int PATIENCE = 20_000;

    /** Distance of two threads' counters, so that neither is in a cache line that the other writes. */
    private static final int APART = 32;

    /** Of a failure between two pieces. */
    private static final int NO_PIECE = -1;

    private final Thread[] others;
    /** The next piece of each thread's share. */
    private final AtomicIntegerArray next;

    private final AtomicInteger working = new AtomicInteger();
    private final int[] evenStarts;
    private volatile IntConsumer job;
    private volatile int[] starts;
    private volatile int round;
    private volatile boolean closed;
    private volatile Throwable failure;
    /** The lowest piece that has failed. */
    private volatile int failedPiece = Integer.MAX_VALUE;

    /** @param threads how many in all, at least 1 */
    Team(int threads) {
        others = new Thread[threads - 1];
        next = new AtomicIntegerArray(threads * APART);
        evenStarts = new int[threads + 1];
        for (int i = 0; i < others.length; i++) {
            int thread = i + 1;
            others[i] = new Thread(() -> serve(thread), "millrace-" + thread);
            others[i].setDaemon(true);
            others[i].start();
        }
    }

    int size() {
        return others.length + 1;
    }

    /**
     * Runs pieces 0 … count − 1 of a job, in equal shares, and returns when all are done.
     *
     * @throws RuntimeException or Error: as {@link #run(int[], IntConsumer)} does
     */
    void run(int count, IntConsumer job) {
        for (int thread = 0; thread < evenStarts.length; thread++) {
            evenStarts[thread] = (int) ((long) thread * count / size());
        }
        run(evenStarts, job);
    }

    /**
     * Runs the pieces of a job and returns when all are done.
     *
     * @param starts the first piece of each thread's share, and how many there are in all
     * @throws RuntimeException or Error: what the first of all pieces that fail throws, after every thread has stopped
     *     working on the job
     */
    void run(int[] starts, IntConsumer job) {
        int count = starts[size()];
        if (others.length == 0 || count <= 1) {
            for (int i = 0; i < count; i++) {
                job.accept(i);
            }
            return;
        }
        this.job = job;
        this.starts = starts;
        for (int thread = 0; thread < size(); thread++) {
            next.set(thread * APART, starts[thread]);
        }
        working.set(others.length);
        round++;
        for (Thread other : others) {
            LockSupport.unpark(other);
        }
        work(0);
        for (int turns = 0; working.get() > 0; turns++) {
            if (turns < PATIENCE) {
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
        }
        if (failure != null) {
            rethrow();
        }
    }

    private void rethrow() {
        Throwable thrown = failure;
        failure = null;
        failedPiece = Integer.MAX_VALUE;
        if (thrown instanceof Error e) {
            throw e;
        }
        // A job throws nothing checked.
        throw (RuntimeException) thrown;
    }

    private void work(int thread) {
        try {
            workOn(thread);
            for (int other = (thread + 1) % size(); other != thread; other = (other + 1) % size()) {
                workOn(other);
            }
        } catch (Throwable e) {
            fail(NO_PIECE, e);
        }
    }

    private void workOn(int share) {
        IntConsumer current = job;
        int end = starts[share + 1];
        int counter = share * APART;
        for (int i = next.getAndIncrement(counter); i < end && i < failedPiece; i = next.getAndIncrement(counter)) {
            try {
                current.accept(i);
            } catch (Throwable e) {
                fail(i, e);
            }
        }
    }

    /** Pieces before the failed one are still done, so that which failure is told does not depend on the threads. */
    private synchronized void fail(int piece, Throwable e) {
        if (piece < failedPiece) {
            failedPiece = piece;
            failure = e;
        }
    }

    /**
     * Works until the team is closed, whatever happens: the JVM tells of a lost page of a mapped file some time after it was
     * read, wherever the thread is by then, and a thread that ended there would be waited for without end.
     */
    private void serve(int thread) {
        int done = 0;
        while (!closed) {
            try {
                while (!closed) {
                    await(done);
                    if (round != done) {
                        work(thread);
                        done = round;
                        working.decrementAndGet();
                    }
                }
            } catch (Throwable e) {
                fail(NO_PIECE, e);
                if (round != done) {
                    done = round;
                    working.decrementAndGet();
                }
            }
        }
    }

    /** Returns at a new round, or when the team is closed. */
    private void await(int done) {
        int turns = 0;
        while (round == done && !closed) {
            if (++turns < PATIENCE) {
                Thread.onSpinWait();
            } else {
                LockSupport.park(this);
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        for (Thread other : others) {
            LockSupport.unpark(other);
        }
    }
}
