/**
 * Training by exact maximum likelihood: {@link dev.millrace.train.Trainer} with optimisers, schedules, early stopping,
 * listeners and the state from which an interrupted run goes on.
 *
 * <p>The same seed, data and settings give the same bits whatever the number of threads: threads share out blocks of rows
 * and pieces of gradients, and every sum runs in the order of the rows.
 *
 * <p>Not here: files (see {@code dev.millrace.model}) and the reading of data.
 */
package dev.millrace.train;
