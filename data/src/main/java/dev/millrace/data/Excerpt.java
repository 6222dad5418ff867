package dev.millrace.data;

/** Text from a file made fit for a message: in quotes, short, on one line and without terminal control codes. */
final class Excerpt {

    private static final int MAX_LENGTH = 40;

    private Excerpt() {}

    /** The text in single quotes, cut after 40 characters, everything that is not printable escaped. */
    static String of(String text) {
        boolean whole = text.length() <= MAX_LENGTH;
        return "'" + printable(whole ? text : text.substring(0, MAX_LENGTH) + "…") + "'";
    }

    /** The text with everything that is not printable escaped. */
    static String printable(String text) {
        StringBuilder shown = new StringBuilder();
        for (char c : text.toCharArray()) {
            switch (c) {
                case '\n' -> shown.append("\\n");
                case '\r' -> shown.append("\\r");
                case '\t' -> shown.append("\\t");
                default -> {
                    if (isPrintable(c)) {
                        shown.append(c);
                    } else {
                        shown.append(String.format("\\u%04x", (int) c));
                    }
                }
            }
        }
        return shown.toString();
    }

    /** Format characters (such as those that turn the reading direction) and lone surrogates are not. */
    private static boolean isPrintable(char c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
