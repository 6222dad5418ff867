/**
 * Pictures of what a flow has learned. {@link dev.millrace.report.Report} is the HTML report of a training, in one file
 * that needs no network; {@link dev.millrace.report.LiveReport} shows it while the training goes on; and
 * {@link dev.millrace.report.Figure} draws single pictures as PNG or SVG.
 *
 * <p>What a picture shows is worked out here, in plain arrays that tests check: a browser only draws it.
 *
 * <p>Not here: training, model files, the command line.
 */
package dev.millrace.report;
