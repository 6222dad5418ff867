package dev.millrace.data;

import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

/** Decides whether the first row of a text is its header. */
final class HeaderRule {

    private HeaderRule() {}

    /**
     * As {@link ReadOptions.Header} describes.
     *
     * @param first the first row's cells
     * @param second the second row's, empty if there is none
     */
    static boolean isHeader(List<String> first, List<String> second, ReadOptions options) {
        return switch (options.header()) {
            case PRESENT -> true;
            case ABSENT -> false;
            case AUTO -> namesAll(first, options) || looksLikeHeader(first, second);
        };
    }

    private static boolean namesAll(List<String> first, ReadOptions options) {
        if (options.columns().isEmpty() && options.exclude().isEmpty()) {
            return false;
        }
        Set<String> names = new HashSet<>();
        first.forEach(cell -> names.add(cell.strip()));
        return names.containsAll(options.columns()) && names.containsAll(options.exclude());
    }

    private static boolean looksLikeHeader(List<String> first, List<String> second) {
        boolean anyText = false;
        boolean anyNumber = false;
        boolean textOverNumber = false;
        for (int i = 0; i < first.size(); i++) {
            if (Cell.isText(first.get(i))) {
                anyText = true;
                textOverNumber |= i < second.size() && isNumber(second.get(i));
            } else if (isNumber(first.get(i))) {
                anyNumber = true;
            }
        }
        return anyText && (textOverNumber || !anyNumber);
    }

    private static boolean isNumber(String cell) {
        OptionalDouble number = Cell.number(cell);
        return number.isPresent() && !Double.isNaN(number.getAsDouble());
    }
}
