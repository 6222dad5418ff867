package dev.millrace.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The page around a report's data: markup, style, scripts and the libraries that draw, all in one text. */
final class Page {

    private static final String D3 = "vendor/d3-7.9.0.min.js";
    private static final String PLOT = "vendor/plot-0.6.17.min.js";

    private Page() {}

    /**
     * The page.
     *
     * @param title may be anybody's text
     * @param json what to show; anybody's text may be in it
     * @param live whether the page goes on asking where it came from for news
     */
    static String of(String title, String json, boolean live) {
        // The data last, since they could hold what looks like a place for something else.
        return resource("report.html")
                .replace("{{title}}", escaped(title))
                .replace("{{live}}", String.valueOf(live))
                .replace("{{style}}", resource("report.css"))
                .replace("{{libraries}}", resource(D3) + "\n" + resource(PLOT))
                .replace(
                        "{{script}}",
                        resource("charts.js") + "\n" + resource("transport.js") + "\n" + resource("report.js"))
                .replace("{{data}}", embedded(json));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** JSON inside an element that ends at the first {@code </script>}: without any {@code <} there is none. */
    private static String embedded(String json) {
        return json.replace("<", "\\u003c");
    }

    private static String resource(String name) {
        try (InputStream in = Page.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
