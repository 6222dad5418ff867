/**
 * The command line: {@code fit}, {@code score}, {@code sample}, {@code evaluate}, {@code interpolate},
 * {@code reconstruct}, {@code inspect}, {@code report}, {@code plot} and {@code demo}.
 *
 * <p>One class is one command; what commands share stands beside them. Results go to standard output, everything else to
 * standard error. Nothing lives here that a user of the library would miss.
 */
package dev.millrace.cli;
