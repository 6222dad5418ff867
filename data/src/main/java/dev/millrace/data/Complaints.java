package dev.millrace.data;

/**
 * Words the complaints about one source's rows, so that text and arrays complain alike.
 *
 * @param source the file's name
 * @param place what a row's number counts: "line" in text, "row" in arrays
 * @param forModel whether a model needs the columns, so that none can be left out
 */
record Complaints(String source, String place, boolean forModel) {

    static Complaints of(String source, String place, ReadOptions options) {
        return new Complaints(source, place, options.columnsFitByPosition());
    }

    DataException notANumber(long number, String column, String found) {
        return new DataException(at(number) + ", column " + Excerpt.of(column) + ": found " + Excerpt.of(found)
                + ", which is not a number; "
                + (forModel ? "the model needs one there" : "leave the column out with " + exclude(column)));
    }

    DataException missing(long number, String column, String found) {
        String what = found.isBlank() ? "the cell is empty" : "found " + Excerpt.of(found);
        return new DataException(at(number) + ", column " + Excerpt.of(column) + ": " + what
                + ", which is not a finite number; leave such rows out with --missing drop"
                + (forModel ? "" : ", or the column with " + exclude(column)));
    }

    DataException ragged(long number, int expected, int found) {
        return new DataException(at(number) + ": expected " + cells(expected) + ", found " + found
                + "; is the delimiter right, and every cell that contains it quoted?");
    }

    DataException malformed(long number, String what, Throwable cause) {
        return new DataException(at(number) + ": " + what, cause);
    }

    DataException noRows(long dropped) {
        if (dropped == 0) {
            return new DataException(source + ": there are no rows of data");
        }
        return new DataException(source + ": no rows are left, each of the " + dropped
                + " has a missing cell"
                + (forModel
                        ? " in a column that the model needs"
                        : "; leave out the columns where cells are missing with --exclude"));
    }

    private String at(long number) {
        return source + ": " + place + " " + number;
    }

    private static String cells(int count) {
        return count + (count == 1 ? " cell" : " cells");
    }

    /** The option as one would type it, quoted for a shell where the name needs it. */
    private static String exclude(String column) {
        boolean plain = column.matches("[\\p{L}\\p{N}_.:+-]{1,40}") && !column.startsWith("-");
        return "--exclude " + (plain ? column : Excerpt.of(column));
    }
}
