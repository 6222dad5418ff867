package dev.millrace.cli;

import java.util.Set;

/**
 * Which of our streams end at a terminal. Java cannot tell for each by itself, so the launcher says it in the system
 * property {@code millrace.terminal}: {@code out}, {@code err}, or both with a comma between.
 */
record Terminal(boolean out, boolean err, boolean colour) {

    static Terminal current() {
        Set<String> streams =
                Set.of(System.getProperty("millrace.terminal", "none").split(","));
        boolean out = streams.contains("out");
        boolean err = streams.contains("err");
        return new Terminal(out, err, out && err && wantsColour());
    }

    /** <a href="https://no-color.org">no-color.org</a>. */
    private static boolean wantsColour() {
        String refused = System.getenv("NO_COLOR");
        return (refused == null || refused.isEmpty()) && !"dumb".equals(System.getenv("TERM"));
    }
}
