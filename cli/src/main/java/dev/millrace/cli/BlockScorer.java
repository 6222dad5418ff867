package dev.millrace.cli;

import dev.millrace.NonFiniteException;
import dev.millrace.data.DataSource;
import dev.millrace.data.RowCount;
import dev.millrace.data.TableReader;
import dev.millrace.train.RowSource;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Scores rows block by block on several threads, in memory that does not grow with the rows. */
record BlockScorer(ScoringModel model, int threads) {

    /**
     * Scores a table as it is read.
     *
     * @param encoder of the rows
     * @param needsText whether blocks are to have the rows' text
     * @param layout is told the source's columns first
     * @param outlet is given the rows in order, the dropped ones too
     */
    RowCount score(
            TableModel encoder,
            TableReader reader,
            DataSource source,
            boolean needsText,
            BlockSink.Layout layout,
            Pipeline.Outlet<ScoredBlock> outlet)
            throws IOException {
        try (Pipeline<ScoredBlock> pipeline = new Pipeline<>(threads, outlet)) {
            BlockSink sink = new BlockSink(
                    model.dimension(),
                    needsText,
                    layout,
                    block -> pipeline.submit(() -> {
                        encoder.encode(block.values(), block.keptCount());
                        return score(block, place(source));
                    }));
            RowCount count = reader.stream(source, sink);
            sink.flush();
            pipeline.finish();
            return count;
        }
    }

    /**
     * Scores rows as validation sees them.
     *
     * @param name what messages call them
     */
    void score(RowSource rows, String name, Pipeline.Outlet<ScoredBlock> outlet) throws IOException {
        try (Pipeline<ScoredBlock> pipeline = new Pipeline<>(threads, outlet)) {
            int size = RowBlock.capacity(model.dimension());
            for (int next = 0; next < rows.rows(); next += size) {
                int from = next;
                int to = Math.min(rows.rows(), next + size);
                pipeline.submit(() -> score(block(rows, from, to), name + ": " + noun() + " "));
            }
            pipeline.finish();
        }
    }

    private static RowBlock block(RowSource rows, int from, int to) {
        RowBlock block = new RowBlock(rows.dimension());
        double[] row = new double[rows.dimension()];
        for (int i = from; i < to; i++) {
            rows.read(i, -1, row, 0);
            block.keep(i + 1, List.of(), row);
        }
        return block;
    }

    /** One of what is scored. */
    private String noun() {
        return model.unit().noun().replaceFirst("s$", "");
    }

    private ScoredBlock score(RowBlock block, String place) {
        int count = block.keptCount();
        double[] logProb = new double[count];
        try {
            model.flow().logProb(block.values(), count, logProb);
        } catch (NonFiniteException e) {
            throw CommandException.failure(
                    place + firstNonFinite(block) + ": the " + noun() + " has no finite log-density, it is very far"
                            + " from anything the model was trained on; correct it, or leave it out",
                    e);
        }
        return new ScoredBlock(
                block, logProb, model.gaussian().map(gaussian -> gaussian.logProb(block.values(), count)));
    }

    /** Where the first row stands that the flow cannot score. */
    private long firstNonFinite(RowBlock block) {
        int width = model.dimension();
        for (int i = 0; i < block.keptCount(); i++) {
            try {
                model.flow().logProb(Arrays.copyOfRange(block.values(), i * width, (i + 1) * width));
            } catch (NonFiniteException e) {
                return block.line(i);
            }
        }
        throw new IllegalStateException("every row of the block can be scored by itself");
    }

    /** How messages begin, up to a number; arrays have rows, text has lines. */
    private static String place(DataSource source) {
        boolean array = source.name().toLowerCase(Locale.ROOT).matches(".*\\.np[yz](\\.gz)?");
        return source.name() + (array ? ": row " : ": line ");
    }
}
