package dev.millrace.cli;

import java.util.Optional;

/**
 * Rows and their log-densities, in nats.
 *
 * @param rows the rows, by now encoded
 * @param logProb of each kept row
 * @param gaussian of each kept row under the baseline, if there is one
 */
record ScoredBlock(RowBlock rows, double[] logProb, Optional<double[]> gaussian) {}
