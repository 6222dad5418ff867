package dev.millrace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.bijection.Composition;
import java.lang.ref.WeakReference;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ScoringPoolTest {

    private static final int MANY = 1000;

    private final Flow flow = Flow.realNvp(2).hidden(4).build();
    private final ScoringPool pool = new ScoringPool(new Composition(flow.layers()), flow.base());

    @Test
    void whatIsGivenBackIsTakenAgain() {
        Scoring first = pool.take();
        Scoring second = pool.take();
        assertThat(second).isNotSameAs(first);
        pool.giveBack(first);
        assertThat(pool.take()).isSameAs(first);
        pool.giveBack(second);
        assertThat(pool.take()).isSameAs(second);
    }

    @Test
    void nobodyTakesWhatAnotherHas() {
        Set<Scoring> taken = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int i = 0; i < MANY; i++) {
            taken.add(pool.take());
        }
        assertThat(taken).hasSize(MANY);
        taken.forEach(pool::giveBack);
        Set<Scoring> again = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int i = 0; i < MANY; i++) {
            again.add(pool.take());
        }
        assertThat(again).hasSize(MANY);
    }

    /** A thread that serves many models in turn must not keep those that are gone. */
    @Test
    void aFlowGoesWithItsArrays() {
        WeakReference<Flow> gone = new WeakReference<>(scored());
        for (int i = 0; i < MANY && gone.get() != null; i++) {
            System.gc();
        }
        assertThat(gone.get()).isNull();
    }

    private static Flow scored() {
        Flow flow = Flow.realNvp(2).hidden(4).build();
        flow.logProb(new double[] {1, 2});
        return flow;
    }
}
