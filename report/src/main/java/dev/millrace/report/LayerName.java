package dev.millrace.report;

import dev.millrace.bijection.Bijection;

/** What people call a layer. */
final class LayerName {

    private LayerName() {}

    /** Its class's name as words: {@code ActNorm} is "act norm". */
    static String of(Bijection layer) {
        return layer.getClass()
                .getSimpleName()
                .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                .toLowerCase(java.util.Locale.ROOT);
    }
}
