package dev.millrace.cli;

import java.util.Locale;

/** The families of flows one can ask for. */
enum Preset {
    REALNVP,
    SPLINE,
    NICE;

    /** As it is typed and stored. */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
