package dev.millrace.data;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The row the CSV parser is at. One instance is filled again and again; until it is told a plan it collects the cells'
 * text, from then on it reads the kept cells' numbers and keeps text only if asked to.
 */
final class CsvRow extends AbstractBaseCsvCallbackHandler<CsvRow> {

    /** A row of more characters is not a table's: only where text is kept does its length cost memory. */
    private static final int MAX_ROW_LENGTH = 1 << 24;

    private final Complaints complaints;
    private final boolean keepText;
    private ColumnPlan plan;
    private double[] values = {};

    private long line;
    private List<String> cells = new ArrayList<>();
    private int textLength;
    private boolean blank;
    private int missingSlot;
    private String missingText;
    private int wrongColumn;
    private String wrongText;

    CsvRow(Complaints complaints, boolean keepText) {
        this.complaints = complaints;
        this.keepText = keepText;
    }

    /** From here on, read the numbers of these columns. */
    void follow(ColumnPlan columns) {
        plan = columns;
        values = new double[columns.width()];
    }

    /** Takes the row again from text it gave before there was a plan. */
    void replay(long startingLine, List<String> text) {
        beginRecord(startingLine);
        for (String cell : text) {
            addField(cell.toCharArray(), 0, cell.length(), false);
        }
    }

    @Override
    protected void handleBegin(long startingLine) {
        line = startingLine;
        if (keepText || plan == null) {
            cells = new ArrayList<>(plan == null ? 16 : plan.inputWidth());
        }
        textLength = 0;
        blank = true;
        missingSlot = Integer.MAX_VALUE;
        missingText = null;
        wrongText = null;
    }

    @Override
    protected void handleField(int column, char[] buffer, int offset, int length, boolean quoted) {
        if (column >= ColumnPlan.MAX_COLUMNS) {
            throw complaints.malformed(line, "more than " + ColumnPlan.MAX_COLUMNS + " cells in one row", null);
        }
        if (column > 0 || quoted) {
            blank = false;
        }
        if (keepText || plan == null) {
            collect(buffer, offset, length);
        }
        if (plan != null) {
            int slot = plan.slot(column);
            if (slot != ColumnPlan.LEFT_OUT) {
                read(column, slot, buffer, offset, length);
            }
        }
        if (blank) {
            blank = isBlank(buffer, offset, length);
        }
    }

    private void collect(char[] buffer, int offset, int length) {
        textLength += length;
        if (textLength > MAX_ROW_LENGTH) {
            throw complaints.malformed(line, "the row has more than " + MAX_ROW_LENGTH + " characters", null);
        }
        cells.add(new String(buffer, offset, length));
    }

    private void read(int column, int slot, char[] buffer, int offset, int length) {
        double value = Decimal.parse(buffer, offset, length);
        if (!Double.isFinite(value)) {
            String text = new String(buffer, offset, length);
            OptionalDouble number = Cell.number(text);
            value = number.orElse(Double.NaN);
            if (number.isEmpty() && wrongText == null) {
                wrongColumn = column;
                wrongText = text;
            } else if (!Double.isFinite(value) && slot < missingSlot) {
                missingSlot = slot;
                missingText = text;
            }
        }
        values[slot] = value;
    }

    private static boolean isBlank(char[] buffer, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if (!Character.isWhitespace(buffer[i])) {
                return false;
            }
        }
        return true;
    }

    @Override
    protected CsvRow buildRecord() {
        return this;
    }

    /** The 1-based line of the file the row starts on. */
    long line() {
        return line;
    }

    /** Whether this is a line of nothing but spaces. */
    boolean isBlank() {
        return blank;
    }

    /** The row's text, unquoted; empty if none is kept. */
    List<String> cells() {
        return keepText || plan == null ? Collections.unmodifiableList(cells) : List.of();
    }

    /** The numbers of the kept columns, in an array that is used again for the next row. */
    double[] values() {
        return values;
    }

    /** What the first missing one of the kept columns says; null if none is missing. */
    String missingText() {
        return missingText;
    }

    /** Refuses a row that is too long or too short, or has text among the kept columns. */
    void check() {
        // First the length: where a cell is lacking, the ones after it would be blamed for being in the wrong place.
        if (getFieldCount() != plan.inputWidth()) {
            throw complaints.ragged(line, plan.inputWidth(), getFieldCount());
        }
        if (wrongText != null) {
            throw complaints.notANumber(line, plan.layout().inputColumns().get(wrongColumn), wrongText);
        }
    }
}
