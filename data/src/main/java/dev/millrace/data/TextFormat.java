package dev.millrace.data;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import de.siegmar.fastcsv.writer.QuoteStrategy;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.zip.DeflaterOutputStream;

/** Delimited text: UTF-8, a line feed after each row, quotes where needed. */
final class TextFormat implements RowFormat {

    private static final int BUFFER = 1 << 16;

    private static final QuoteStrategy QUOTES_WHERE_NEEDED = new QuoteStrategy() {};

    private final CsvWriter csv;
    private final OutputStream out;
    private final List<String> columns;
    private final boolean[] whole;
    private final boolean header;

    /** Writes to a stream, which stays the caller's to close; a compressed one is finished. */
    TextFormat(OutputStream out, char delimiter, List<String> columns, WriteOptions options) {
        this.out = out;
        this.columns = List.copyOf(columns);
        this.header = options.header();
        this.whole = new boolean[columns.size()];
        for (int i = 0; i < whole.length; i++) {
            whole[i] = options.wholeColumns().contains(columns.get(i));
        }
        // Unquoted, an empty cell alone in its row would be a blank line, which readers skip.
        QuoteStrategy quotes = columns.size() == 1 ? QuoteStrategies.EMPTY : QUOTES_WHERE_NEEDED;
        this.csv = CsvWriter.builder()
                .fieldSeparator(delimiter)
                .lineDelimiter(LineDelimiter.LF)
                .quoteStrategy(quotes)
                .bufferSize(BUFFER)
                .build(out);
    }

    @Override
    public void start() {
        if (header) {
            csv.writeRecord(columns);
        }
    }

    @Override
    public void write(double[] values, int at) {
        CsvWriter.CsvWriterRecord row = csv.writeRecord();
        for (int i = 0; i < whole.length; i++) {
            row.writeField(NumberText.of(values[at + i], whole[i]));
        }
        row.endRecord();
    }

    @Override
    public void append(List<String> cells, double[] values) {
        CsvWriter.CsvWriterRecord row = csv.writeRecord();
        cells.forEach(row::writeField);
        for (int i = 0; i < values.length; i++) {
            row.writeField(NumberText.of(values[i], whole[cells.size() + i]));
        }
        row.endRecord();
    }

    @Override
    public void finish() throws IOException {
        csv.flush();
        if (out instanceof DeflaterOutputStream compressed) {
            compressed.finish();
        }
        out.flush();
    }
}
