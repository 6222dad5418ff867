package dev.millrace.transformer;

/**
 * What a map that is written down in a test makes of one row.
 *
 * @param logDet of the map at this row, in nats
 */
public record MappedRow(double[] z, double logDet) {}
