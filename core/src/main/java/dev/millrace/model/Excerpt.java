package dev.millrace.model;

/**
 * Text from an untrusted file as an error message quotes it: short, on one line, and without characters that could
 * reorder or hide the rest of the message on a terminal.
 */
final class Excerpt {

    private static final int LENGTH = 60;

    private Excerpt() {}

    /** The start of {@code text} in double quotes. */
    static String of(String text) {
        String start = text.length() <= LENGTH ? text : text.substring(0, LENGTH) + "…";
        return '"' + start.replaceAll("\\p{C}", "?") + '"';
    }
}
