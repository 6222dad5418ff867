/**
 * Arithmetic on flat arrays: matrix products, activations and elementary functions. The only code that knows SIMD.
 *
 * <p>Everything goes through the interface {@link dev.millrace.kernel.Kernel}. It has a vector form, which needs the
 * module {@code jdk.incubator.vector}, and a plain form; {@link dev.millrace.kernel.Kernels} picks one when it is first
 * used. Both give the same bits for the same input, at every vector width, because every result is one chain of
 * operations whose order does not depend on the width.
 *
 * <p>Not here: anything that knows what a network, a flow or a file is.
 */
package dev.millrace.kernel;
