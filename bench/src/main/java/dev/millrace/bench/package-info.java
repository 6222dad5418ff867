/** Placeholder. */
package dev.millrace.bench;
