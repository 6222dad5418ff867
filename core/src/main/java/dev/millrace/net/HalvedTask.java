package dev.millrace.net;

/**
 * A gradient's work in two parts: over a batch's first blocks, then over the rest. The core that took those blocks through
 * the layers still has their rows in its cache, so each part may run on another; the second only after the first.
 *
 * @param first work over the first half of the blocks
 * @param second work over the others, which goes on from what the first left
 */
public record HalvedTask(Runnable first, Runnable second) implements Runnable {

    /** Work over blocks of a batch's rows: from the first one that is named up to the second, exclusive. */
    @FunctionalInterface
    public interface OverBlocks {
        void run(int from, int to);
    }

    /** Work over this many blocks, in halves if there are two blocks or more. */
    public static Runnable over(int blocks, OverBlocks work) {
        int middle = blocks / 2;
        Runnable second = () -> work.run(middle, blocks);
        return middle == 0 ? second : new HalvedTask(() -> work.run(0, middle), second);
    }

    @Override
    public void run() {
        first.run();
        second.run();
    }
}
