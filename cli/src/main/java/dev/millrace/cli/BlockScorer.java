package dev.millrace.cli;

import dev.millrace.NonFiniteException;
import dev.millrace.data.DataSource;
import dev.millrace.data.RowCount;
import dev.millrace.data.Table;
import dev.millrace.data.TableReader;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Scores rows block by block on several threads, in memory that does not grow with the rows. */
record BlockScorer(ScoringModel model, int threads) {

    /**
     * Scores a source as it is read.
     *
     * @param layout is told the source's columns first
     * @param outlet is given the rows in order, the dropped ones too
     */
    RowCount score(TableReader reader, DataSource source, BlockSink.Layout layout, Pipeline.Outlet<ScoredBlock> outlet)
            throws IOException {
        try (Pipeline<ScoredBlock> pipeline = new Pipeline<>(threads, outlet)) {
            BlockSink sink =
                    new BlockSink(model.columns(), layout, block -> pipeline.submit(() -> score(block, place(source))));
            RowCount count = reader.stream(source, sink);
            sink.flush();
            pipeline.finish();
            return count;
        }
    }

    /**
     * Scores a table's rows.
     *
     * @param name what messages call the table
     */
    void score(Table table, String name, Pipeline.Outlet<ScoredBlock> outlet) throws IOException {
        double[] row = new double[table.columns().size()];
        try (Pipeline<ScoredBlock> pipeline = new Pipeline<>(threads, outlet)) {
            for (int next = 0; next < table.rows(); ) {
                RowBlock block = new RowBlock(model.columns());
                for (; next < table.rows() && !block.isFull(); next++) {
                    table.copyRow(next, row, 0);
                    block.keep(next + 1, List.of(), row);
                }
                pipeline.submit(() -> score(block, name + ": row "));
            }
            pipeline.finish();
        }
    }

    private ScoredBlock score(RowBlock block, String place) {
        int count = block.keptCount();
        double[] logProb = new double[count];
        model.encode(block.values(), count);
        try {
            model.flow().logProb(block.values(), count, logProb);
        } catch (NonFiniteException e) {
            throw CommandException.failure(
                    place + firstNonFinite(block) + ": the row has no finite log-density, it is very far"
                            + " from anything the model was trained on; correct it, or leave it out",
                    e);
        }
        return new ScoredBlock(
                block, logProb, model.gaussian().map(gaussian -> gaussian.logProb(block.values(), count)));
    }

    /** Where the first row stands that the flow cannot score. */
    private long firstNonFinite(RowBlock block) {
        int width = model.columns();
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
