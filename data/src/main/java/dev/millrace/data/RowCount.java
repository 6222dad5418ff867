package dev.millrace.data;

/**
 * How many rows a reading met.
 *
 * @param kept rows handed on, 1 or more
 * @param dropped rows left out because a cell was missing
 */
public record RowCount(long kept, long dropped) {}
