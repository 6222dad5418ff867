package dev.millrace.model;

/**
 * How many numbers an architecture may still claim. A file's architecture is only text: before a layer is put together,
 * the file must have shown that it holds that many parameters.
 */
final class Budget {

    private long numbers;

    Budget(long numbers) {
        this.numbers = numbers;
    }

    /**
     * Claims a matrix.
     *
     * @throws ModelFormatException if the file does not hold so many numbers
     */
    void take(Fields where, long rows, long columns) {
        if (rows < 0 || columns < 0 || (rows > 0 && columns > numbers / rows)) {
            throw new ModelFormatException(where.where() + ": needs a matrix of " + rows + " × " + columns
                    + " parameters, but the file holds " + numbers + " numbers that are not accounted for");
        }
        numbers -= rows * columns;
    }
}
