package dev.millrace.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.util.Iterator;
import java.util.List;

/** Reads delimited text in one pass, row by row, into a gate. */
final class TextRows {

    /** The most characters a cell may have, and so the most the parser keeps at a time. */
    private static final int MAX_CELL_LENGTH = 1 << 20;

    private final String source;
    private final ReadOptions options;
    private final Complaints complaints;
    private final RowGate gate;
    private final boolean keepText;
    private final CsvRow row;
    private final Iterator<CsvRow> records;

    /**
     * Text from a stream, which stays the caller's to close.
     *
     * @param keepText whether the gate is to be given the cells' text as well as their numbers
     */
    TextRows(
            String source,
            InputStream in,
            char delimiter,
            ReadOptions options,
            Complaints complaints,
            RowGate gate,
            boolean keepText) {
        this.source = source;
        this.options = options;
        this.complaints = complaints;
        this.gate = gate;
        this.keepText = keepText;
        this.row = new CsvRow(complaints, keepText);
        // The row itself complains of lengths that differ, in words that fit ours.
        this.records = CsvReader.builder()
                .fieldSeparator(delimiter)
                .allowUnclosedQuote(false)
                .maxBufferSize(MAX_CELL_LENGTH)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .build(row, new Utf8Reader(in))
                .iterator();
    }

    /** Reads to the end. */
    void deliver() throws IOException {
        if (!next()) {
            throw new DataException(source + ": is empty");
        }
        long firstLine = row.line();
        List<String> first = row.cells();
        boolean more = next();
        long secondLine = row.line();
        List<String> second = more ? row.cells() : List.of();

        boolean header = HeaderRule.isHeader(first, second, options);
        ColumnPlan plan =
                header ? ColumnPlan.named(source, first, options) : ColumnPlan.unnamed(source, first.size(), options);
        row.follow(plan);
        gate.begin(plan.layout());
        if (!header) {
            row.replay(firstLine, first);
            pass();
        }
        if (more) {
            row.replay(secondLine, second);
            pass();
            while (next()) {
                pass();
            }
        }
    }

    private void pass() throws IOException {
        row.check();
        gate.pass(row.line(), keepText ? row.cells() : List.of(), row.values(), row.missingText());
    }

    /** Moves to the next row that is not blank; false at the end. */
    private boolean next() throws IOException {
        try {
            while (records.hasNext()) {
                records.next();
                if (!row.isBlank()) {
                    return true;
                }
            }
            return false;
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof CharacterCodingException) {
                throw complaints.malformed(row.line(), "the text is not UTF-8; save the file as UTF-8", e);
            }
            throw e.getCause();
        } catch (CsvParseException e) {
            throw translated(e);
        }
    }

    /** The parser wraps whatever is thrown while it hands out cells. */
    private RuntimeException translated(CsvParseException e) {
        if (e.getCause() instanceof Error error) {
            throw error;
        }
        return e.getCause() instanceof RuntimeException ours
                ? ours
                : complaints.malformed(row.line(), "malformed text: " + Excerpt.printable(e.getMessage()), e);
    }
}
