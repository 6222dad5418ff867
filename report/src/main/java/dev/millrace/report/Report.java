package dev.millrace.report;

import dev.millrace.data.AtomicFile;
import dev.millrace.model.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The report of a training: what was learned from which data and how well, as one HTML file that needs no network. The
 * same input gives the same bytes.
 *
 * <p>Statistics and pictures are made of at most 5000 rows of a kind, chosen with the input's seed, and the page says so;
 * the likelihood of held-out rows is that of all of them. Immutable, and safe for many threads.
 */
public final class Report {

    private final String title;
    private final String json;

    private Report(String title, String json) {
        this.title = title;
        this.json = json;
    }

    /**
     * Works out everything that the report shows.
     *
     * @throws dev.millrace.NonFiniteException if the flow cannot score a row
     */
    public static Report of(ReportInput input) {
        return of(input, Detail.FULL);
    }

    static Report of(ReportInput input, Detail detail) {
        return new Report(input.title(), Json.write(new ReportTree(input, detail).toTree()));
    }

    /** The page. */
    public String toHtml() {
        return Page.of(title, json, false);
    }

    /** What the page shows. */
    String toJson() {
        return json;
    }

    /**
     * Writes the page, atomically: on failure an existing file stays as it was.
     *
     * @throws IOException if the file cannot be written
     */
    public void write(Path file) throws IOException {
        try (AtomicFile atomic = AtomicFile.create(file)) {
            OutputStream out = Channels.newOutputStream(atomic.channel());
            out.write(toHtml().getBytes(StandardCharsets.UTF_8));
            atomic.commit();
        }
    }
}
