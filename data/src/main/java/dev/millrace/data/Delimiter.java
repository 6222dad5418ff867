package dev.millrace.data;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.util.Locale;

/** Finds out what stands between the cells of a text. */
final class Delimiter {

    private static final String CANDIDATES = ",;\t";

    private Delimiter() {}

    /**
     * As {@link ReadOptions#delimiter()} describes.
     *
     * @param name the file's name
     * @param text stands where it stood afterwards; its buffer must hold {@link Input#BUFFER} bytes
     */
    static char of(String name, BufferedInputStream text) throws IOException {
        String plainName = name.toLowerCase(Locale.ROOT).replaceFirst("\\.gz$", "");
        if (plainName.endsWith(".tsv") || plainName.endsWith(".tab")) {
            return '\t';
        }
        int[] counts = countInFirstLine(text);
        int best = 0;
        if (!plainName.endsWith(".csv") || counts[0] == 0) {
            for (int i = 1; i < counts.length; i++) {
                best = counts[i] > counts[best] ? i : best;
            }
        }
        return CANDIDATES.charAt(best);
    }

    /** How often each candidate stands outside quotes in the first line that has anything. */
    private static int[] countInFirstLine(BufferedInputStream text) throws IOException {
        int[] counts = new int[CANDIDATES.length()];
        boolean quoted = false;
        boolean any = false;
        text.mark(Input.BUFFER);
        for (int i = 0; i < Input.BUFFER; i++) {
            int c = text.read();
            boolean lineEnd = c == '\n' || c == '\r';
            if (c < 0 || (lineEnd && any && !quoted)) {
                break;
            }
            any |= !lineEnd;
            if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && CANDIDATES.indexOf(c) >= 0) {
                counts[CANDIDATES.indexOf(c)]++;
            }
        }
        text.reset();
        return counts;
    }
}
