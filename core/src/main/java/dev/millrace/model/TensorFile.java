package dev.millrace.model;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Named tensors and text entries: the content of one safetensors file. Immutable.
 *
 * <p>A file is the length of the header as 8 bytes, little-endian; the header, which is a JSON object; and the elements
 * of all tensors, little-endian and without gaps. The header has the text entries under {@code __metadata__} and, under
 * the name of each tensor, its {@code dtype}, {@code shape} and {@code data_offsets}. Any implementation of the format
 * can read what this class writes. It reads what any of them writes, if the element types are those of {@link Dtype}.
 *
 * <p>Equal values give equal bytes. The header has the entries and tensors in their own order, which is how they come
 * back; the data has the tensors with the widest elements first, so that every element is aligned in the file.
 *
 * <pre>{@code
 * StoredTensor weight = StoredTensor.of("weight", new int[] {2, 3}, new float[6]);
 * new TensorFile(Map.of("kind", "example"), List.of(weight)).write(path);
 * float[] data = TensorFile.read(path).tensor("weight").floats();
 * }</pre>
 *
 * @see <a href="https://huggingface.co/docs/safetensors/index#format">the format</a>
 */
public final class TensorFile {

    private final Map<String, String> metadata;
    private final Map<String, StoredTensor> tensors;

    /**
     * A file's content.
     *
     * @param metadata text entries; their order is kept, so it should not differ from run to run
     * @param tensors the tensors, at most 100,000
     * @throws IllegalArgumentException if two tensors have the same name, or there are too many
     */
    public TensorFile(Map<String, String> metadata, Collection<StoredTensor> tensors) {
        this.metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
        Map<String, StoredTensor> byName = new LinkedHashMap<>();
        for (StoredTensor tensor : tensors) {
            if (byName.put(tensor.name(), tensor) != null) {
                throw new IllegalArgumentException("two tensors have the name " + Excerpt.of(tensor.name()));
            }
        }
        if (byName.size() > TensorHeader.MAX_TENSORS) {
            throw new IllegalArgumentException(
                    byName.size() + " tensors, at most " + TensorHeader.MAX_TENSORS + " are allowed");
        }
        this.tensors = Collections.unmodifiableMap(byName);
    }

    /** The text entries, in order. */
    public Map<String, String> metadata() {
        return metadata;
    }

    /** The tensors by name, in order. */
    public Map<String, StoredTensor> tensors() {
        return tensors;
    }

    /**
     * The tensor of a name.
     *
     * @throws ModelFormatException if there is none
     */
    public StoredTensor tensor(String name) {
        StoredTensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new ModelFormatException("tensor " + Excerpt.of(name) + ": missing");
        }
        return tensor;
    }

    /**
     * Reads a file. Whatever the file says is checked against the file's real size before memory is taken for it.
     *
     * @throws ModelFormatException if the file is not valid; the message names the file and the place in it
     * @throws IOException if the file cannot be read
     */
    public static TensorFile read(Path file) throws IOException {
        return TensorFileReader.read(file, TensorFile::of);
    }

    /**
     * Reads from the channel's position to its end; otherwise like {@link #read(Path)}.
     *
     * @param channel where the bytes come from; it stays open
     * @param name what error messages call it
     */
    public static TensorFile read(SeekableByteChannel channel, String name) throws IOException {
        return TensorFileReader.read(channel, name, TensorFile::of);
    }

    /**
     * Reads the bytes of a file; otherwise like {@link #read(Path)}.
     *
     * @throws ModelFormatException if the bytes are not a valid file
     */
    public static TensorFile read(byte[] bytes) {
        return TensorFileReader.read(bytes, TensorFile::of);
    }

    /**
     * Reads the text entries of a file alone; otherwise like {@link #read(Path)}.
     *
     * @throws ModelFormatException if the file is not valid
     * @throws IOException if the file cannot be read
     */
    public static Map<String, String> readMetadata(Path file) throws IOException {
        return TensorFileReader.read(
                file, reader -> Collections.unmodifiableMap(reader.header().metadata()));
    }

    private static TensorFile of(TensorFileReader reader) throws IOException {
        Map<String, byte[]> elements = new HashMap<>();
        reader.read(entry -> {
            byte[] bytes = new byte[Math.toIntExact(entry.byteCount())];
            elements.put(entry.name(), bytes);
            return (at, piece) -> piece.get(bytes, at, piece.remaining());
        });
        TensorHeader header = reader.header();
        return new TensorFile(
                header.metadata(),
                header.entries().stream()
                        .map(entry -> new StoredTensor(
                                entry.name(), entry.dtype(), entry.shape(), elements.get(entry.name())))
                        .toList());
    }

    /**
     * Writes the file, or replaces it. The bytes go to a temporary file in the same folder, which takes the target's
     * place only when it is complete and on the disk: a failure leaves an existing target as it was.
     *
     * @throws IllegalArgumentException if the header cannot be written: it is over 100,000,000 bytes, or a text entry
     *     has half a surrogate pair
     * @throws IOException if the file cannot be written
     */
    public void write(Path target) throws IOException {
        writer().write(target);
    }

    /**
     * The bytes of the file.
     *
     * @throws IllegalArgumentException as {@link #write} does
     * @throws OutOfMemoryError if they do not fit an array
     */
    public byte[] toBytes() {
        return writer().toBytes();
    }

    /**
     * The SHA-256 digest of the bytes of the file, in 64 hexadecimal digits. Equal digests mean equal files.
     *
     * @throws IllegalArgumentException as {@link #write} does
     */
    public String sha256() {
        return writer().sha256();
    }

    private TensorFileWriter writer() {
        return new TensorFileWriter(
                metadata, tensors.values().stream().map(StoredTensor::content).toList());
    }

    /** Whether the bytes of both files are equal, which includes the order of entries and tensors. */
    @Override
    public boolean equals(Object other) {
        return other instanceof TensorFile that
                && inOrder(metadata).equals(inOrder(that.metadata))
                && inOrder(tensors).equals(inOrder(that.tensors));
    }

    @Override
    public int hashCode() {
        return 31 * metadata.hashCode() + tensors.hashCode();
    }

    @Override
    public String toString() {
        return "text entries " + metadata.keySet() + ", tensors " + tensors.values();
    }

    /** Maps are equal in whatever order; lists of their entries are not. */
    private static <V> List<Map.Entry<String, V>> inOrder(Map<String, V> map) {
        return List.copyOf(map.entrySet());
    }
}
