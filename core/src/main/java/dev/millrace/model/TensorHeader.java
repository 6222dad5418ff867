package dev.millrace.model;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The header of a {@link TensorFile}: everything but the data.
 *
 * @param metadata the text entries
 * @param entries the tensors, in the order of the file's user, which need not be that of the data
 */
record TensorHeader(Map<String, String> metadata, List<TensorEntry> entries) {

    /** Bytes that the format allows a header to have. */
    static final int MAX_BYTES = 100_000_000;

    static final int MAX_TENSORS = 100_000;

    private static final String NAME = "header";

    /**
     * Gives each tensor its place: those with the widest elements first, else in the given order, so that every element
     * lies at a multiple of its size once the data starts at a multiple of 8.
     */
    static TensorHeader layOut(Map<String, String> metadata, List<TensorContent> tensors) {
        List<TensorContent> widestFirst = new ArrayList<>(tensors);
        widestFirst.sort(Comparator.comparingInt(tensor -> -tensor.dtype().size()));
        Map<String, TensorEntry> placed = new LinkedHashMap<>();
        long begin = 0;
        for (TensorContent tensor : widestFirst) {
            long end = begin + tensor.byteCount();
            placed.put(tensor.name(), new TensorEntry(tensor.name(), tensor.dtype(), tensor.shape(), begin, end));
            begin = end;
        }
        return new TensorHeader(
                metadata,
                tensors.stream().map(tensor -> placed.get(tensor.name())).toList());
    }

    /**
     * Reads a header and checks all that it says.
     *
     * @param text the header's text
     * @param dataBytes bytes of the file after the header
     */
    static TensorHeader parse(String text, long dataBytes) {
        // The format asks for this, although JSON allows white space before a value.
        if (!text.startsWith("{")) {
            throw new ModelFormatException(NAME + ": expected '{' as the first character");
        }
        Fields fields = Fields.of(tree(text), NAME);
        Map<String, String> metadata = fields.has(StoredTensor.METADATA) ? metadata(fields) : Map.of();
        List<String> names = fields.keys().stream()
                .filter(key -> !key.equals(StoredTensor.METADATA))
                .toList();
        if (names.size() > MAX_TENSORS) {
            throw new ModelFormatException(tooMany(names.size()));
        }
        List<TensorEntry> entries = names.stream()
                .map(name -> TensorEntry.parse(name, fields.object(name)))
                .toList();
        TensorHeader header = new TensorHeader(metadata, entries);
        header.checkCover(dataBytes);
        return header;
    }

    /** The tensors as their data follow each other. */
    List<TensorEntry> inFileOrder() {
        return entries.stream()
                .sorted(Comparator.comparingLong(TensorEntry::begin).thenComparingLong(TensorEntry::end))
                .toList();
    }

    /**
     * The header as it is in the file, padded with spaces so that the data starts at a multiple of 8.
     *
     * @throws IllegalArgumentException if it is longer than the format allows, or has too many tensors
     */
    byte[] bytes() {
        if (entries.size() > MAX_TENSORS) {
            throw new IllegalArgumentException(tooMany(entries.size()));
        }
        Map<String, Object> tree = new LinkedHashMap<>();
        if (!metadata.isEmpty()) {
            tree.put(StoredTensor.METADATA, metadata);
        }
        entries.forEach(entry -> tree.put(entry.name(), entry.tree()));
        byte[] text = Json.write(tree).getBytes(StandardCharsets.UTF_8);
        byte[] padded = Arrays.copyOf(text, (text.length + 7) / 8 * 8);
        Arrays.fill(padded, text.length, padded.length, (byte) ' ');
        if (padded.length > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "a header of " + padded.length + " bytes, at most " + MAX_BYTES + " are allowed");
        }
        return padded;
    }

    private static String tooMany(int tensors) {
        return NAME + ": " + tensors + " tensors, at most " + MAX_TENSORS + " are allowed";
    }

    private static Object tree(String text) {
        try {
            return Json.parse(text);
        } catch (ModelFormatException e) {
            throw new ModelFormatException(NAME + ": " + e.getMessage(), e);
        }
    }

    private static Map<String, String> metadata(Fields header) {
        Fields strings = header.object(StoredTensor.METADATA);
        Map<String, String> metadata = new LinkedHashMap<>();
        strings.keys().forEach(key -> metadata.put(key, strings.string(key)));
        return metadata;
    }

    /** Every byte of the data belongs to exactly one tensor. */
    private void checkCover(long dataBytes) {
        long covered = 0;
        for (TensorEntry entry : inFileOrder()) {
            if (entry.begin() != covered) {
                throw new ModelFormatException(NAME + ": expected the tensor " + Excerpt.of(entry.name())
                        + " to begin at " + covered + ", where the one before it ends, found " + entry.begin());
            }
            covered = entry.end();
        }
        if (covered != dataBytes) {
            throw new ModelFormatException(
                    NAME + ": the tensors take " + covered + " bytes, the file has " + dataBytes + " after the header");
        }
    }
}
