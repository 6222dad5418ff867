package dev.millrace.bijection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Known answers from other projects' tests and papers; each file names its source. */
public final class Conformance {

    private Conformance() {}

    public static JsonNode read(String name) {
        try (InputStream in = Conformance.class.getResourceAsStream("/dev/millrace/conformance/" + name)) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
