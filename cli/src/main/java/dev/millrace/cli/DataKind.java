package dev.millrace.cli;

import java.util.Locale;

/** What a command is given to work on; some options make sense for one kind only. */
enum DataKind {
    TABLES,
    IMAGES;

    /** @throws CommandException naming an option that makes no sense for this kind, if it is given */
    void refuse(String option, boolean given) {
        if (given) {
            throw CommandException.usage(option + " does not apply to " + name().toLowerCase(Locale.ROOT));
        }
    }
}
