package dev.millrace.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** NumPy files made by hand, from the format's description. */
final class NpyBytes {

    private NpyBytes() {}

    /** An array of version 1.0, of a type, an order, a shape such as "(2, 3)" and raw elements. */
    static byte[] npy(String type, boolean fortran, String shape, byte[] elements) {
        return npy(1, header(type, fortran, shape), elements);
    }

    static String header(String type, boolean fortran, String shape) {
        return "{'descr': '" + type + "', 'fortran_order': " + (fortran ? "True" : "False") + ", 'shape': " + shape
                + ", }";
    }

    /** An array of any version and header text, padded to a multiple of 64 bytes as NumPy does. */
    static byte[] npy(int version, String header, byte[] elements) {
        int lengthBytes = version == 1 ? 2 : 4;
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        int start = 8 + lengthBytes;
        int length = (start + text.length + 1 + 63) / 64 * 64 - start;
        ByteBuffer bytes = ByteBuffer.allocate(start + length + elements.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
        bytes.put((byte) version).put((byte) 0);
        if (version == 1) {
            bytes.putShort((short) length);
        } else {
            bytes.putInt(length);
        }
        bytes.put(text);
        while (bytes.position() < start + length - 1) {
            bytes.put((byte) ' ');
        }
        return bytes.put((byte) '\n').put(elements).array();
    }

    static byte[] doubles(ByteOrder order, double... values) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(order);
        for (double value : values) {
            bytes.putDouble(value);
        }
        return bytes.array();
    }

    /** An archive of arrays, deflated or stored. */
    static byte[] npz(boolean deflated, Map<String, byte[]> arrays) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> array : arrays.entrySet()) {
                ZipEntry entry = new ZipEntry(array.getKey());
                if (!deflated) {
                    CRC32 crc = new CRC32();
                    crc.update(array.getValue());
                    entry.setMethod(ZipEntry.STORED);
                    entry.setSize(array.getValue().length);
                    entry.setCrc(crc.getValue());
                }
                zip.putNextEntry(entry);
                zip.write(array.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static byte[] gzip(byte[] plain) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
