package dev.millrace.model;

import static java.util.Objects.requireNonNull;

import dev.millrace.Flow;
import dev.millrace.train.EpochReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A trained flow with all that belongs to it, as a model file holds it. A loaded model scores and samples bit for bit
 * like the one that was saved.
 *
 * <p>Models of the same bits give the same file. The order of the keys counts for that, although equal maps may differ
 * in it: trees are written in the order of their maps. A tree of several keys should be a {@link LinkedHashMap}, since
 * the order of {@code Map.of} differs from run to run.
 *
 * @param flow the flow
 * @param encoding how rows of the data become rows of the flow: a JSON tree that belongs to whoever prepared the data;
 *     may be empty
 * @param provenance where the model comes from (seed, settings, data fingerprint, version): a JSON tree
 * @param history the epochs of the training
 */
public record Model(
        Flow flow, Map<String, Object> encoding, Map<String, Object> provenance, List<EpochReport> history) {

    static final String FORMAT_KEY = "format";
    static final String FORMAT = "millrace-model/1";
    static final String ARCHITECTURE = "architecture";

    /** @throws NullPointerException if a part is null */
    public Model {
        requireNonNull(flow, "flow");
        requireNonNull(encoding, "encoding");
        requireNonNull(provenance, "provenance");
        requireNonNull(history, "history");
        history = List.copyOf(history);
    }

    /**
     * Writes the model, atomically: on failure an existing file stays as it was.
     *
     * @throws IOException if the file cannot be written
     * @throws IllegalArgumentException if the flow has a layer that cannot be saved, or is too large ({@link
     *     #requireSavable})
     */
    public void write(Path file) throws IOException {
        writer().write(file);
    }

    /** The bytes of the model file. */
    public byte[] toBytes() {
        return writer().toBytes();
    }

    /** SHA-256 of the model file, in hexadecimal: equal for models of the same bits, and the same order of keys. */
    public String sha256() {
        return writer().sha256();
    }

    /**
     * Says before a training whether what comes of it can be saved and loaded. Flows can be made that are too large for
     * that: rows of more than 1,048,576 entries, an architecture that lists more than 2,000,000 entries, or a checkpoint of
     * more than 100,000 tensors. To find out, the flow is built once more.
     *
     * @throws IllegalArgumentException if a model or a checkpoint of the flow could not be saved or loaded; the message says
     *     what is too large
     */
    public static void requireSavable(Flow flow) {
        try {
            Map<String, String> metadata = Map.of(ARCHITECTURE, architecture(flow));
            // Of the two, the checkpoint has more tensors.
            TensorHeader header =
                    TensorHeader.layOut(metadata, Checkpoint.tensors(flow).contents());
            header.bytes();
            architecture(header, Checkpoint.CURRENT);
        } catch (IllegalArgumentException | ModelFormatException e) {
            throw new IllegalArgumentException("this flow cannot be saved: " + e.getMessage(), e);
        }
    }

    /** The text of a flow's architecture. */
    static String architecture(Flow flow) {
        Map<String, Object> tree = Architecture.write(flow);
        try {
            return Json.write(tree);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    ARCHITECTURE + ": " + e.getMessage() + ", since it lists the entries that each layer works on;"
                            + " use fewer layers, fewer scales or smaller images",
                    e);
        }
    }

    private TensorFileWriter writer() {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put(FORMAT_KEY, FORMAT);
        metadata.put(ARCHITECTURE, architecture(flow));
        metadata.put("encoding", Json.write(encoding));
        metadata.put("provenance", Json.write(provenance));
        metadata.put("history", Json.write(HistoryTree.write(history)));
        return new TensorFileWriter(metadata, new FlowTensors(flow.state()).contents());
    }

    /**
     * Reads a model file. The file may come from anywhere: nothing in it is executed, and memory is bounded by its size.
     *
     * @throws ModelFormatException if it is not a valid model file; the message names the file and the place in it
     * @throws IOException if the file cannot be read
     */
    public static Model read(Path file) throws IOException {
        return TensorFileReader.read(file, Model::of);
    }

    /**
     * Reads the bytes of a model file.
     *
     * @throws ModelFormatException if they are not a valid model file
     */
    public static Model read(byte[] bytes) {
        return TensorFileReader.read(bytes, Model::of);
    }

    private static Model of(TensorFileReader reader) throws IOException {
        TensorHeader header = reader.header();
        requireFormat(header, FORMAT);
        Flow flow = architecture(header, "");
        new FlowTensors(flow.state()).read(reader);
        flow.parametersChanged();
        return new Model(
                flow,
                object(header, "encoding"),
                object(header, "provenance"),
                HistoryTree.read(tree(header, "history")));
    }

    /** @param prefix that the names of the flow's tensors begin with */
    static Flow architecture(TensorHeader header, String prefix) {
        Fields tree = tree(header, ARCHITECTURE);
        String text = header.metadata().get(ARCHITECTURE);
        return Architecture.read(tree, Budget.of(header, prefix, text));
    }

    static void requireFormat(TensorHeader header, String format) {
        String found = header.metadata().get(FORMAT_KEY);
        if (!format.equals(found)) {
            throw new ModelFormatException("expected a file of format " + format + ", found "
                    + (found == null ? "no format entry in its metadata" : Excerpt.of(found)));
        }
    }

    static Fields tree(TensorHeader header, String key) {
        return Fields.of(object(header, key), key);
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> object(TensorHeader header, String key) {
        String text = header.metadata().get(key);
        if (text == null) {
            throw new ModelFormatException("the metadata has no entry " + key);
        }
        Object tree;
        try {
            tree = Json.parse(text);
        } catch (ModelFormatException e) {
            throw new ModelFormatException("metadata " + key + ": " + e.getMessage(), e);
        }
        Fields.of(tree, key);
        return (Map<String, Object>) tree;
    }
}
