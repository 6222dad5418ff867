package dev.millrace.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A short name for exactly this data, by which a model says what it was trained on.
 *
 * <p>It is not a secret: whoever knows the data can compute it, and a guess at the data can be checked against it.
 */
public final class Fingerprint {

    /** 64 bits: two of a million tables have the same fingerprint with a chance of about 3 in 10^8. */
    private static final int BYTES = 8;

    private static final int VALUES_AT_ONCE = 1024;

    private Fingerprint() {}

    /**
     * The first 64 bits of the SHA-256 of the column names, their order and every number's bits.
     *
     * @param table the data
     * @return 16 hexadecimal digits
     */
    public static String of(Table table) {
        MessageDigest digest = sha256();
        ByteBuffer chunk = ByteBuffer.allocate(VALUES_AT_ONCE * Double.BYTES);
        digest.update(chunk.putInt(table.columns().size()).flip());
        for (String name : table.columns()) {
            // With its length, or the names "ab", "c" and "a", "bc" would be the same.
            byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
            digest.update(chunk.clear().putInt(bytes.length).flip());
            digest.update(bytes);
        }
        chunk.clear();
        double[] values = new double[table.columns().size()];
        for (int row = 0; row < table.rows(); row++) {
            table.copyRow(row, values, 0);
            for (double value : values) {
                if (!chunk.hasRemaining()) {
                    digest.update(chunk.flip());
                    chunk.clear();
                }
                chunk.putLong(Double.doubleToLongBits(value));
            }
        }
        digest.update(chunk.flip());
        return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
    }

    /**
     * The first 64 bits of the SHA-256 of the images' height, width, channels and every value.
     *
     * @param images the data; its labels and the names of its files do not count
     * @return 16 hexadecimal digits
     */
    public static String of(ImageSet images) {
        MessageDigest digest = sha256();
        digest.update(ByteBuffer.allocate(3 * Integer.BYTES)
                .putInt(images.height())
                .putInt(images.width())
                .putInt(images.channels())
                .flip());
        return HexFormat.of().formatHex(digest.digest(images.bytes()), 0, BYTES);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
