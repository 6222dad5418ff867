/**
 * Invertible layers and their composition. {@link dev.millrace.bijection.Bijection} is the contract: forward and inverse
 * with the log-det of the Jacobian, and the gradient of both. {@link dev.millrace.bijection.Permutation} is the smallest
 * layer without parameters to copy from, {@link dev.millrace.bijection.Scaling} the smallest with.
 *
 * <p>Not here: networks, base distributions, training.
 */
package dev.millrace.bijection;
