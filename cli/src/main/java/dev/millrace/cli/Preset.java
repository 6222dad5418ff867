package dev.millrace.cli;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The families of flows one can ask for. */
enum Preset {
    REALNVP,
    SPLINE,
    NICE,
    /** For images: the RealNVP of {@link #REALNVP} with fewer features and blocks. */
    REALNVP_SMALL;

    /** As it is typed and stored. */
    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @throws IllegalArgumentException naming those there are, if there is none of this name */
    static Preset of(String id) {
        return Arrays.stream(values())
                .filter(preset -> preset.id().equalsIgnoreCase(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("expected one of "
                        + Arrays.stream(values()).map(Preset::id).collect(Collectors.joining(", ")) + ", but was '"
                        + id + "'"));
    }
}
