/** Placeholder. */
package dev.millrace.data;
