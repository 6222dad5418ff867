package dev.millrace.report;

import dev.millrace.data.Table;
import java.util.Objects;

/**
 * Rows of one kind.
 *
 * @param role what the training did with them
 * @param rows as they stand in the data; may be none
 * @param numbers where each row stands in its file, from 1
 * @param of how many rows these are a part, chosen without looking at them; or all
 */
public record RowSet(Role role, Table rows, int[] numbers, long of) {

    /** What a training did with rows. */
    public enum Role {
        /** The flow learned from them. */
        TRAINING("training rows"),
        /** They decided which epoch is the best. */
        VALIDATION("validation rows"),
        /** The training never saw them. */
        TEST("held-out rows"),
        /** Rows of which the model says nothing. */
        GIVEN("given rows");

        private final String text;

        Role(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** @throws IllegalArgumentException if there is not one number a row */
    public RowSet {
        Objects.requireNonNull(role, "role");
        if (numbers.length != rows.rows()) {
            throw new IllegalArgumentException(numbers.length + " numbers for " + rows.rows() + " rows");
        }
        if (of < rows.rows()) {
            throw new IllegalArgumentException(rows.rows() + " rows are not a part of " + of);
        }
    }

    /** All rows of a kind. */
    public RowSet(Role role, Table rows, int[] numbers) {
        this(role, rows, numbers, rows.rows());
    }
}
