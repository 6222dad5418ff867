/** Placeholder. */
package dev.millrace.cli;
