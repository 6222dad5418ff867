package dev.millrace.data;

import java.util.List;

/**
 * The columns of a file and those read from it.
 *
 * @param inputColumns the names of all the file's columns, from the left: those of a row's raw cells
 * @param columns the names of the columns kept, in the order of a row's values. They are not always among
 *     {@code inputColumns}: a model's names may stand for the columns of a file that has none
 */
public record RowLayout(List<String> inputColumns, List<String> columns) {

    /** Takes copies. */
    public RowLayout {
        inputColumns = List.copyOf(inputColumns);
        columns = List.copyOf(columns);
    }
}
