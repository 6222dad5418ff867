/**
 * Conditioner networks: functions from the untouched half of a row to the parameters of the other half's transformer,
 * with their parameters ({@link dev.millrace.net.Tensor}) and gradients. They compute in float.
 *
 * <p>A network's output for a row depends on that row only, to the bit: not on the other rows of a block, nor on where
 * in it the row stands. Inverting a coupling rests on this.
 *
 * <p>Not here: anything invertible, and double arithmetic.
 */
package dev.millrace.net;
