package dev.millrace.cli;

import java.util.Locale;

/** Where the rows come from that neither training nor its end has seen. */
enum HeldOut {
    /** From the data. */
    SPLIT,
    /** From a file of their own. */
    FILE,
    /** There are too few rows to have any. */
    NONE;

    String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
