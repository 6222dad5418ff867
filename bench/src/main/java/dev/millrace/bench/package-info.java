/**
 * Speed, measured: the matrix product beside OpenBLAS, scoring, and the table that puts floors beside measurements. Run
 * by {@code bench/run}.
 *
 * <p>Not here: comparisons of results, which are tests.
 */
package dev.millrace.bench;
