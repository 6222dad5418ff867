package dev.millrace.data;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import javax.imageio.ImageIO;

/** Files of images made by hand, from the formats' descriptions. */
final class ImageFiles {

    private ImageFiles() {}

    /** Bytes that count up, so that any confusion of places shows. */
    static byte[] counting(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i * 7 + i / 256);
        }
        return bytes;
    }

    /** IDX of unsigned bytes. */
    static byte[] idx(byte[] elements, int... sizes) {
        return idx(8, elements, sizes);
    }

    static byte[] idx(int type, byte[] elements, int... sizes) {
        ByteBuffer bytes = ByteBuffer.allocate(4 + 4 * sizes.length + elements.length);
        bytes.put((byte) 0).put((byte) 0).put((byte) type).put((byte) sizes.length);
        for (int size : sizes) {
            bytes.putInt(size);
        }
        return bytes.put(elements).array();
    }

    /** A PNG of 8 bits a value; 1 channel is gray, 2 gray and alpha, 3 colour, 4 colour and alpha. */
    static byte[] png(int height, int width, int channels, byte[] values) {
        int colourType = new int[] {0, 0, 4, 2, 6}[channels];
        return png(height, width, 8, colourType, width * channels, values, new byte[0]);
    }

    /**
     * A PNG of any kind.
     *
     * @param lineLength bytes of a line of pixels
     * @param palette contents of a PLTE chunk; none if empty
     */
    static byte[] png(int height, int width, int bits, int colourType, int lineLength, byte[] lines, byte[] palette) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
        ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
        header.put((byte) bits).put((byte) colourType);
        chunk(out, "IHDR", header.array());
        if (palette.length > 0) {
            chunk(out, "PLTE", palette);
        }
        ByteArrayOutputStream filtered = new ByteArrayOutputStream();
        for (int at = 0; at < lines.length; at += lineLength) {
            filtered.write(0);
            filtered.write(lines, at, lineLength);
        }
        chunk(out, "IDAT", deflated(filtered.toByteArray()));
        chunk(out, "IEND", new byte[0]);
        return out.toByteArray();
    }

    static void chunk(ByteArrayOutputStream out, String type, byte[] data) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(data);
        out.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
        out.writeBytes(name);
        out.writeBytes(data);
        out.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }

    static byte[] deflated(byte[] plain) {
        Deflater deflater = new Deflater();
        deflater.setInput(plain);
        deflater.finish();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] buffer = new byte[1 << 16];
        while (!deflater.finished()) {
            out.write(buffer, 0, deflater.deflate(buffer));
        }
        deflater.end();
        return out.toByteArray();
    }

    /** A gray JPEG of one value all over, which comes back as it was. */
    static byte[] jpeg(int height, int width, int value) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.getRaster().setSample(x, y, 0, value);
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "jpeg", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
