/** Flows and their presets: what a user imports first. */
package dev.millrace;
