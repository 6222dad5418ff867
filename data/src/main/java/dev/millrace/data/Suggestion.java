package dev.millrace.data;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The end of a complaint about an unknown name: the nearest known one, and which there are. */
final class Suggestion {

    private static final int MOST_LISTED = 20;
    private static final int LONGEST_COMPARED = 100;

    private Suggestion() {}

    /** Such as {@code "; did you mean 'age'? There are 'age', 'income'"}. */
    static String among(String wanted, List<String> known) {
        String nearest = null;
        // A third of the letters may differ: more, and the suggestion is noise.
        int least = Math.max(2, wanted.length() / 3) + 1;
        if (wanted.length() <= LONGEST_COMPARED) {
            for (String name : known) {
                if (Math.abs(name.length() - wanted.length()) < least) {
                    int distance = distance(wanted.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
                    if (distance < least && distance < name.length()) {
                        least = distance;
                        nearest = name;
                    }
                }
            }
        }
        String listed = known.stream().limit(MOST_LISTED).map(Excerpt::of).collect(Collectors.joining(", "));
        String rest = known.size() > MOST_LISTED ? " and " + (known.size() - MOST_LISTED) + " more" : "";
        return (nearest == null ? "" : "; did you mean " + Excerpt.of(nearest) + "?")
                + (nearest == null ? "; there " : " There ")
                + (known.size() == 1 ? "is only " : "are ")
                + listed
                + rest;
    }

    /** Letters to insert, delete or replace to make one the other (Levenshtein). */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
