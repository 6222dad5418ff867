package dev.millrace.train;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/**
 * A few threads that share out the pieces of one job after another, the caller being one of them. Between jobs the
 * others wait for a moment in a loop before they sleep: the jobs of a training step follow each other within
 * microseconds. Nothing is allocated for a job.
 *
 * <p>Which thread gets which piece is not determined, so pieces must not depend on each other.
 */
final class Team implements AutoCloseable {

    /** Turns of the waiting loop before a thread sleeps, some tens of microseconds. */
    private static final int PATIENCE = 20_000;

    private final Thread[] others;
    private final AtomicInteger nextPiece = new AtomicInteger();
    private final AtomicInteger working = new AtomicInteger();
    private volatile IntConsumer job;
    private volatile int pieces;
    private volatile int round;
    private volatile boolean closed;
    private volatile Throwable failure;

    /** @param threads how many in all, at least 1 */
    Team(int threads) {
        others = new Thread[threads - 1];
        for (int i = 0; i < others.length; i++) {
            others[i] = new Thread(this::serve, "millrace-" + (i + 1));
            others[i].setDaemon(true);
            others[i].start();
        }
    }

    int size() {
        return others.length + 1;
    }

    /**
     * Runs pieces 0 … count − 1 of a job and returns when all are done.
     *
     * @throws RuntimeException the first failure of a piece, after every thread has stopped working on the job
     */
    void run(int count, IntConsumer job) {
        if (others.length == 0 || count <= 1) {
            for (int i = 0; i < count; i++) {
                job.accept(i);
            }
            return;
        }
        this.job = job;
        pieces = count;
        nextPiece.set(0);
        working.set(others.length);
        round++;
        for (Thread other : others) {
            LockSupport.unpark(other);
        }
        work();
        for (int turns = 0; working.get() > 0; turns++) {
            if (turns < PATIENCE) {
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
        }
        Throwable thrown = failure;
        if (thrown != null) {
            failure = null;
            throw thrown instanceof RuntimeException e ? e : new IllegalStateException(thrown);
        }
    }

    private void work() {
        try {
            IntConsumer current = job;
            int count = pieces;
            for (int i = nextPiece.getAndIncrement(); i < count; i = nextPiece.getAndIncrement()) {
                current.accept(i);
            }
        } catch (Throwable e) {
            fail(e);
        }
    }

    private void fail(Throwable e) {
        failure = e;
        nextPiece.set(pieces);
    }

    /**
     * Works until the team is closed, whatever happens: the JVM tells of a lost page of a mapped file some time after it was
     * read, wherever the thread is by then, and a thread that ended there would be waited for without end.
     */
    private void serve() {
        int done = 0;
        while (!closed) {
            try {
                while (!closed) {
                    await(done);
                    if (round != done) {
                        work();
                        done = round;
                        working.decrementAndGet();
                    }
                }
            } catch (Throwable e) {
                fail(e);
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
