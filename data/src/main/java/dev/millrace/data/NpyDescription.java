package dev.millrace.data;

import java.util.ArrayList;
import java.util.List;

/**
 * The Python dictionary in an {@code .npy} header, such as
 * {@code {'descr': '<f8', 'fortran_order': False, 'shape': (3, 4), }}. Read by its own small grammar: nothing is
 * evaluated.
 *
 * @param type NumPy's type description
 * @param fortranOrder whether the first dimension counts fastest
 * @param shape the dimensions, each 0 or more
 */
record NpyDescription(String type, boolean fortranOrder, List<Long> shape) {

    private static final int MAX_DIMENSIONS = 64;

    /**
     * Reads a header's text.
     *
     * @throws IllegalArgumentException if it is not of the form above
     */
    static NpyDescription parse(String text) {
        return new Parser(text).dictionary();
    }

    /** Walks once over the text. */
    private static final class Parser {

        private final String text;
        private int at;
        private String type;
        private Boolean fortranOrder;
        private List<Long> shape;

        Parser(String text) {
            this.text = text;
        }

        NpyDescription dictionary() {
            expect('{');
            while (!accept('}')) {
                entry();
                if (!accept(',')) {
                    expect('}');
                    break;
                }
            }
            if (type == null || fortranOrder == null || shape == null) {
                throw new IllegalArgumentException("descr, fortran_order or shape is lacking");
            }
            return new NpyDescription(type, fortranOrder, List.copyOf(shape));
        }

        private void entry() {
            String key = string();
            expect(':');
            switch (key) {
                case "descr" -> type = type();
                case "fortran_order" -> fortranOrder = bool();
                case "shape" -> shape = tuple();
                default -> throw new IllegalArgumentException("unknown key");
            }
        }

        private String type() {
            if (accept('[')) {
                throw new IllegalArgumentException("its elements are structures, not plain numbers");
            }
            return string();
        }

        private String string() {
            char quote = accept('"') ? '"' : '\'';
            if (quote == '\'') {
                expect('\'');
            }
            int end = text.indexOf(quote, at);
            if (end < 0) {
                throw new IllegalArgumentException("a text does not end");
            }
            String value = text.substring(at, end);
            at = end + 1;
            return value;
        }

        private boolean bool() {
            skipSpaces();
            for (String word : List.of("True", "False")) {
                if (text.startsWith(word, at)) {
                    at += word.length();
                    return word.equals("True");
                }
            }
            throw new IllegalArgumentException("neither True nor False");
        }

        private List<Long> tuple() {
            List<Long> sizes = new ArrayList<>();
            expect('(');
            while (!accept(')')) {
                sizes.add(size());
                if (sizes.size() > MAX_DIMENSIONS) {
                    throw new IllegalArgumentException("more than " + MAX_DIMENSIONS + " dimensions");
                }
                if (!accept(',')) {
                    expect(')');
                    break;
                }
            }
            return sizes;
        }

        private long size() {
            skipSpaces();
            int start = at;
            while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
                at++;
            }
            long size = Long.parseLong(text.substring(start, at));
            // As Python 2 wrote it.
            accept('L');
            return size;
        }

        private boolean accept(char c) {
            skipSpaces();
            if (at < text.length() && text.charAt(at) == c) {
                at++;
                return true;
            }
            return false;
        }

        private void expect(char c) {
            if (!accept(c)) {
                throw new IllegalArgumentException("expected " + c + " at character " + (at + 1));
            }
        }

        private void skipSpaces() {
            while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\n')) {
                at++;
            }
        }
    }
}
