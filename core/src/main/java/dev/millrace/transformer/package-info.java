/**
 * Transformers: the elementwise invertible maps f̂ of a coupling, z = f̂(x given parameters), with their derivatives. The
 * parameters come as float rows from a network; x, z and the log-det are double.
 *
 * <p>Parameters of zero are the identity, so that a coupling whose network ends in zeros begins as the identity.
 *
 * <p>Not here: where parameters come from (networks) and which entries are transformed (partitions).
 */
package dev.millrace.transformer;
