/**
 * Base distributions p_Z: log-density with its gradient, and sampling.
 *
 * <p>Not here: anything that transforms.
 */
package dev.millrace.distribution;
