package dev.millrace;

import dev.millrace.bijection.Composition;
import dev.millrace.distribution.Distribution;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A flow's working arrays that no thread is using. A thread takes them for the time of a call, and mostly those that it
 * gave back last; there are as many as were ever in use at once, and they go with the flow. No lock is taken, and nothing
 * allocated while some are idle.
 */
final class ScoringPool {

    /** As many threads as may reasonably score at once: a power of two. */
    private static final int PLACES =
            Integer.highestOneBit(4 * Math.max(8, Runtime.getRuntime().availableProcessors()));

    /** Distance of two places, so that they are in different cache lines. */
    private static final int APART = 32;

    private final Composition bijection;
    private final Distribution base;
    private final AtomicReferenceArray<Scoring> idle = new AtomicReferenceArray<>(PLACES * APART);

    ScoringPool(Composition bijection, Distribution base) {
        this.bijection = bijection;
        this.base = base;
    }

    /** Working arrays for this thread alone, until it gives them back. */
    Scoring take() {
        int home = home();
        for (int i = 0; i < PLACES; i++) {
            int place = place(home + i);
            if (idle.get(place) != null) {
                Scoring taken = idle.getAndSet(place, null);
                if (taken != null) {
                    return taken;
                }
            }
        }
        return new Scoring(bijection, base);
    }

    /** Those for which there is no place are left to the garbage collector. */
    void giveBack(Scoring scoring) {
        int home = home();
        for (int i = 0; i < PLACES; i++) {
            if (idle.compareAndSet(place(home + i), null, scoring)) {
                return;
            }
        }
    }

    private static int home() {
        return (int) Thread.currentThread().getId();
    }

    private static int place(int number) {
        return (number & PLACES - 1) * APART;
    }
}
