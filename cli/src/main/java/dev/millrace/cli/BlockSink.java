package dev.millrace.cli;

import dev.millrace.data.RowLayout;
import dev.millrace.data.RowSink;
import java.io.IOException;
import java.util.List;

/** Gathers rows into blocks. */
final class BlockSink implements RowSink {

    private final int width;
    private final boolean needsText;
    private final Layout layout;
    private final Pipeline.Outlet<RowBlock> outlet;
    private RowBlock block;

    /** Is told the layout of the source before any row. */
    @FunctionalInterface
    interface Layout {
        void begin(RowLayout layout) throws IOException;
    }

    /**
     * A gatherer.
     *
     * @param width columns of a row
     * @param needsText whether rows keep their text
     */
    BlockSink(int width, boolean needsText, Layout layout, Pipeline.Outlet<RowBlock> outlet) {
        this.width = width;
        this.needsText = needsText;
        this.layout = layout;
        this.outlet = outlet;
        this.block = new RowBlock(width);
    }

    @Override
    public boolean needsText() {
        return needsText;
    }

    @Override
    public void begin(RowLayout found) throws IOException {
        layout.begin(found);
    }

    @Override
    public void row(long line, List<String> rawCells, double[] values) throws IOException {
        block.keep(line, rawCells, values);
        passOnIfFull();
    }

    @Override
    public void dropped(long line, List<String> rawCells) throws IOException {
        block.drop(rawCells);
        passOnIfFull();
    }

    private void passOnIfFull() throws IOException {
        if (block.isFull()) {
            flush();
        }
    }

    /** Passes on what has been gathered. */
    void flush() throws IOException {
        if (block.size() > 0) {
            outlet.accept(block);
            block = new RowBlock(width);
        }
    }
}
