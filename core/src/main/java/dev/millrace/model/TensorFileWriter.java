package dev.millrace.model;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes the bytes of a {@link TensorFile}, in memory that does not grow with the tensors.
 *
 * @param metadata text entries, in order
 * @param tensors with names of their own, in order
 */
record TensorFileWriter(Map<String, String> metadata, List<TensorContent> tensors) {

    /** See {@link TensorFile#write}. */
    void write(Path target) throws IOException {
        AtomicFile.replace(target, this::writeTo);
    }

    /** See {@link TensorFile#toBytes}. */
    byte[] toBytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        writeToMemory(out);
        return out.toByteArray();
    }

    /** See {@link TensorFile#sha256}. */
    String sha256() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            writeToMemory(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private void writeToMemory(OutputStream out) {
        try {
            writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail", e);
        }
    }

    private void writeTo(OutputStream out) throws IOException {
        TensorHeader header = TensorHeader.layOut(metadata, tensors);
        byte[] headerBytes = header.bytes();
        ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        out.write(length.putLong(headerBytes.length).array());
        out.write(headerBytes);
        Map<String, TensorContent> byName = new LinkedHashMap<>();
        tensors.forEach(tensor -> byName.put(tensor.name(), tensor));
        for (TensorEntry entry : header.inFileOrder()) {
            byName.get(entry.name()).writeTo(out);
        }
    }
}
