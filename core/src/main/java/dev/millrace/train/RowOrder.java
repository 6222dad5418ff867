package dev.millrace.train;

import dev.millrace.kernel.SplitMix;

/**
 * The random order in which an epoch goes through the rows: a function of seed, epoch and the size of the data alone, never
 * of where the rows are kept.
 *
 * <p>Rows of up to {@link #MOST_SHUFFLED} entries together come in any order. Of more, it is the order that reads well
 * from a disk: consecutive rows form blocks, the blocks come in random order, and the rows of each {@link #WINDOW} of them
 * are shuffled among each other. A batch then still has rows from all over the data, but at any time only a window's worth
 * of it is being read.
 */
final class RowOrder {

    /** 2 GB as double: what one may expect to stay in memory. */
    static final long MOST_SHUFFLED = 1L << 28;

    /** Entries that lie one after the other: 128 KB as float, as much as systems read ahead at a time. */
    static final int BLOCK_ENTRIES = 1 << 15;

    /** Blocks shuffled together: more than 2 million entries, some hundred batches of a table. */
    static final int WINDOW = 128;

    private RowOrder() {}

    /** Each row's number once. */
    static int[] of(long seed, int epoch, int rows, int dimension) {
        SplitMix random = new SplitMix(seed, epoch);
        return (long) rows * dimension <= MOST_SHUFFLED
                ? random.permutation(rows)
                : blocked(random, rows, Math.max(1, BLOCK_ENTRIES / dimension), WINDOW);
    }

    static int[] blocked(SplitMix random, int rows, int blockRows, int window) {
        int[] blocks = random.permutation((int) (((long) rows + blockRows - 1) / blockRows));
        int[] order = new int[rows];
        int filled = 0;
        int windowStart = 0;
        for (int i = 0; i < blocks.length; i++) {
            long first = (long) blocks[i] * blockRows;
            long end = Math.min(rows, first + blockRows);
            for (long row = first; row < end; row++) {
                order[filled++] = (int) row;
            }
            if ((i + 1) % window == 0 || i + 1 == blocks.length) {
                random.shuffle(order, windowStart, filled);
                windowStart = filled;
            }
        }
        return order;
    }
}
