package dev.millrace.train;

import dev.millrace.Flow;
import dev.millrace.RealNvp;
import dev.millrace.transformer.LogScale;
import java.util.List;
import java.util.Optional;

/**
 * Flows of other kinds and sizes, trained in turn: the JIT then knows every layer, activation and tile, and cannot
 * compile a step for one flow alone.
 */
final class OtherFlows implements AutoCloseable {

    private static final int STEPS = 400;

    private final List<Stepper> steppers = List.of(
            new Stepper(Flow.spline(6).couplings(3).hidden(48, 48).build(), 128, 1),
            new Stepper(
                    Flow.realNvp(11)
                            .couplings(3)
                            .hidden(24)
                            .normalisation(RealNvp.Normalisation.BATCH_NORM)
                            .mixing(RealNvp.Mixing.LINEAR)
                            .logScale(LogScale.SIGMOID)
                            .build(),
                    200,
                    1),
            new Stepper(Flow.nice(30).hidden(40, 40, 40).build(), 64, 1));

    private Optional<Thread> thread = Optional.empty();
    private volatile boolean stopped;

    void train() {
        for (int i = 0; i < STEPS; i++) {
            steppers.forEach(Stepper::step);
        }
    }

    /** Trains in a thread of its own until this is closed. */
    void trainOn() {
        Thread training = new Thread(() -> {
            while (!stopped) {
                steppers.forEach(Stepper::step);
            }
        });
        training.setDaemon(true);
        training.start();
        thread = Optional.of(training);
    }

    /** Waits for the thread first, which may be in the middle of a step. */
    @Override
    public void close() {
        stopped = true;
        thread.ifPresent(OtherFlows::join);
        steppers.forEach(Stepper::close);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while other flows take their last step", e);
        }
    }
}
