package dev.millrace.train;

import dev.millrace.net.HalvedTask;
import java.util.ArrayList;
import java.util.List;

/**
 * The work of setting some parameters' gradients.
 *
 * @param whole pieces that are not divided
 * @param first halves over a batch's first blocks
 * @param second the other halves, for a later phase
 */
record GradientWork(List<Runnable> whole, List<Runnable> first, List<Runnable> second) {

    static final GradientWork NONE = new GradientWork(List.of(), List.of(), List.of());

    /** @param halving whether to take apart what can be done in halves */
    static GradientWork of(List<Runnable> tasks, boolean halving) {
        List<Runnable> whole = new ArrayList<>();
        List<Runnable> first = new ArrayList<>();
        List<Runnable> second = new ArrayList<>();
        for (Runnable task : tasks) {
            if (halving && task instanceof HalvedTask halved) {
                first.add(halved.first());
                second.add(halved.second());
            } else {
                whole.add(task);
            }
        }
        return new GradientWork(whole, first, second);
    }
}
