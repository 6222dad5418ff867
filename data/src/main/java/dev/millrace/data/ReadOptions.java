package dev.millrace.data;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How a table is read. Start from {@link #defaults()} and change what differs; instances are immutable.
 *
 * <p>Columns go by name. Where a file has no names (text without a header, NumPy arrays) the columns are called
 * {@code x1}, {@code x2}, … from the left; a header cell that is empty is called {@code unnamed_k}, k its place from 1.
 *
 * @param columns names of the columns to keep, in the order wanted; empty keeps all
 * @param columnsFitByPosition whether {@code columns} are a model's: in a file without names and with exactly as many
 *     columns, they are then taken by position
 * @param exclude names of columns to leave out; their cells are not even looked at
 * @param delimiter between cells of text; empty to find it out ({@code ,} in .csv, tab in .tsv, the more frequent of
 *     {@code , ;} and tab in the first line elsewhere, and in a .csv whose first line has no comma)
 * @param header whether text starts with a line of column names
 * @param missing what to do with a row that has a missing cell
 * @param array which array of an .npz to read; empty takes the only one
 * @param maxCells the most cells a table may have, at least 1; a larger input is refused
 * @param memory the most bytes of Java's heap the numbers of a table may take, at 8 a number; those of a larger one stay
 *     on disk and are read as they are asked for: from a plain {@code .npy} file itself, else from a copy in binary that
 *     is left beside the file, called as it is with {@code .millrace-rows} after it, and found again as long as the file
 *     does not change. For streams, and where no such copy can be written, it is a temporary file
 */
public record ReadOptions(
        List<String> columns,
        boolean columnsFitByPosition,
        List<String> exclude,
        Optional<Character> delimiter,
        Header header,
        Missing missing,
        Optional<String> array,
        long maxCells,
        long memory) {

    /** By default tables take up to a fourth of the heap: others need it too. */
    private static final int MEMORY_SHARE = 4;

    /** Whether text starts with a line of column names. */
    public enum Header {
        /**
         * Find out, from the first two rows. The first is a header if it names every column asked for, kept or
         * excluded. Else it is one if it has text (neither a number nor a missing cell), and either no number, or
         * text over a number of the second row: {@code id,2019} over {@code 7,3.5} is a header, {@code 5.1,setosa}
         * over {@code 4.9,setosa} is data.
         */
        AUTO,
        /** The first row is the header. */
        PRESENT,
        /** The first row is data. */
        ABSENT
    }

    /**
     * What to do with a row where a kept cell is missing: empty, {@code NA}, {@code N/A}, {@code NaN}, {@code null},
     * {@code None} or {@code ?} in any case, or an infinite number.
     */
    public enum Missing {
        /** Refuse the file, naming the cell. */
        FAIL,
        /** Leave the row out and count it. */
        DROP
    }

    /** Checks the settings. */
    public ReadOptions {
        columns = distinct(columns, "columns");
        exclude = distinct(exclude, "exclude");
        for (String name : exclude) {
            if (columns.contains(name)) {
                throw new IllegalArgumentException("column " + Excerpt.of(name) + " is both asked for and excluded");
            }
        }
        delimiter.ifPresent(ReadOptions::requireDelimiter);
        if (maxCells < 1) {
            throw new IllegalArgumentException("maxCells is " + maxCells + ", not 1 or more");
        }
        if (memory < 0) {
            throw new IllegalArgumentException("memory is " + memory + ", not 0 or more");
        }
    }

    private static List<String> distinct(List<String> names, String what) {
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (name.isBlank()) {
                throw new IllegalArgumentException(what + " has an empty name");
            }
            if (!seen.add(name)) {
                throw new IllegalArgumentException(what + " names " + Excerpt.of(name) + " twice");
            }
        }
        return List.copyOf(names);
    }

    private static void requireDelimiter(char c) {
        if (c == '\n' || c == '\r' || c == '"' || Character.isLetterOrDigit(c) || "+-.".indexOf(c) >= 0) {
            throw new IllegalArgumentException(
                    Excerpt.of(String.valueOf(c)) + " cannot be a delimiter: it is part of numbers, names or lines");
        }
    }

    /**
     * All columns, everything found out, missing cells refused.
     *
     * @return the default settings
     */
    public static ReadOptions defaults() {
        return new ReadOptions(
                List.of(),
                false,
                List.of(),
                Optional.empty(),
                Header.AUTO,
                Missing.FAIL,
                Optional.empty(),
                Long.MAX_VALUE,
                Runtime.getRuntime().maxMemory() / MEMORY_SHARE);
    }

    /**
     * These settings, keeping only some columns, always by name.
     *
     * @param names the columns in the order wanted; empty keeps all
     * @return changed settings
     */
    public ReadOptions withColumns(List<String> names) {
        return new ReadOptions(names, false, exclude, delimiter, header, missing, array, maxCells, memory);
    }

    /**
     * These settings, reading the columns a model was trained on: by name, in the model's order; by position if the
     * file has no names and exactly as many columns.
     *
     * @param names the model's columns, in its order
     * @return changed settings
     */
    public ReadOptions withModelColumns(List<String> names) {
        return new ReadOptions(names, true, exclude, delimiter, header, missing, array, maxCells, memory);
    }

    /**
     * These settings, leaving columns out.
     *
     * @param names the columns to leave out
     * @return changed settings
     */
    public ReadOptions withExclude(List<String> names) {
        return new ReadOptions(
                columns, columnsFitByPosition, names, delimiter, header, missing, array, maxCells, memory);
    }

    /**
     * These settings with a fixed delimiter.
     *
     * @param character between cells
     * @return changed settings
     */
    public ReadOptions withDelimiter(char character) {
        return new ReadOptions(
                columns,
                columnsFitByPosition,
                exclude,
                Optional.of(character),
                header,
                missing,
                array,
                maxCells,
                memory);
    }

    /**
     * These settings with another header rule.
     *
     * @param rule whether there is a header
     * @return changed settings
     */
    public ReadOptions withHeader(Header rule) {
        return new ReadOptions(
                columns, columnsFitByPosition, exclude, delimiter, rule, missing, array, maxCells, memory);
    }

    /**
     * These settings with another policy for missing cells.
     *
     * @param policy what to do with rows that have one
     * @return changed settings
     */
    public ReadOptions withMissing(Missing policy) {
        return new ReadOptions(
                columns, columnsFitByPosition, exclude, delimiter, header, policy, array, maxCells, memory);
    }

    /**
     * These settings, reading one array of an .npz.
     *
     * @param name of the array, as given to {@code numpy.savez}
     * @return changed settings
     */
    public ReadOptions withArray(String name) {
        return new ReadOptions(
                columns,
                columnsFitByPosition,
                exclude,
                delimiter,
                header,
                missing,
                Optional.of(name),
                maxCells,
                memory);
    }

    /**
     * These settings with another limit on size.
     *
     * @param cells the most rows × columns a table may have
     * @return changed settings
     */
    public ReadOptions withMaxCells(long cells) {
        return new ReadOptions(
                columns, columnsFitByPosition, exclude, delimiter, header, missing, array, cells, memory);
    }

    /**
     * These settings with another limit on memory.
     *
     * @param bytes the most that the numbers of a table may take of the heap; 0 leaves all tables on disk
     * @return changed settings
     */
    public ReadOptions withMemory(long bytes) {
        return new ReadOptions(
                columns, columnsFitByPosition, exclude, delimiter, header, missing, array, maxCells, bytes);
    }

    boolean fitsMemory(long rows, int width) {
        return rows <= memory / Double.BYTES / width;
    }

    /** @throws DataException if a table of this size is refused */
    void requireSize(String source, long rows, int width) {
        if (rows > maxCells / width) {
            throw new DataException(source + ": has more than " + maxCells
                    + " numbers; read fewer columns with --columns, or split the file");
        }
        if (rows > Integer.MAX_VALUE) {
            throw new DataException(source + ": has more than " + Integer.MAX_VALUE + " rows; split the file");
        }
    }

    /** Text that is the same for settings that make the same table of the same source. */
    String identity() {
        // Names with their lengths, or "a", "b" and "a, b" would be the same.
        return Stream.of(columns, exclude)
                        .map(names -> names.stream()
                                .map(name -> name.length() + ":" + name)
                                .toList())
                        .toList()
                        .toString()
                + columnsFitByPosition
                + delimiter
                + header
                + missing
                + array;
    }
}
