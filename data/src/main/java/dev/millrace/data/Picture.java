package dev.millrace.data;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * One PNG or JPEG decoded to 8 bits a value.
 *
 * @param bytes height × width × channels, channels last
 */
record Picture(int height, int width, int channels, byte[] bytes) {

    private static final int OPAQUE = 255;

    /** Whether a file's name says that it is one. */
    static boolean isNamedSo(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".png") || lower.endsWith(".jpg") || lower.endsWith(".jpeg");
    }

    /**
     * Decodes a file.
     *
     * @throws DataException if it cannot be, or is not one of those that {@link ImageSetReader} describes
     */
    static Picture decode(String source, byte[] encoded) {
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(encoded))) {
            ImageReader reader = decoder(format(source, encoded));
            try {
                return decode(source, reader, in);
            } finally {
                reader.dispose();
            }
        } catch (DataException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // The JDK's decoders meet damage with exceptions of many kinds.
            throw new DataException(
                    source + ": cannot be decoded, it is damaged or of an unusual kind ("
                            + Excerpt.printable(String.valueOf(e.getMessage())) + ")",
                    e);
        }
    }

    /** Of these two alone: the library would ask the decoders of all formats it knows whether the bytes are theirs. */
    private static String format(String source, byte[] encoded) {
        if (startsWith(encoded, Input.PNG)) {
            return "png";
        }
        if (startsWith(encoded, Input.JPEG)) {
            return "jpeg";
        }
        throw new DataException(source + ": is not a PNG or JPEG image, whatever its name says");
    }

    private static boolean startsWith(byte[] encoded, byte[] magic) {
        return encoded.length >= magic.length && Arrays.equals(encoded, 0, magic.length, magic, 0, magic.length);
    }

    /** The JDK's own, so that values do not depend on what else is on the class path. */
    private static ImageReader decoder(String format) throws IOException {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format);
        while (readers.hasNext()) {
            ImageReader reader = readers.next();
            if (reader.getClass().getModule() == ImageIO.class.getModule()) {
                return reader;
            }
            reader.dispose();
        }
        throw new IOException("this Java has no decoder for " + format);
    }

    private static Picture decode(String source, ImageReader reader, ImageInputStream in) throws IOException {
        // Metadata is left alone: compressed texts in it could unfold to any length.
        reader.setInput(in, true, true);
        int width = reader.getWidth(0);
        int height = reader.getHeight(0);
        if ((long) width * height > ImageSet.MAX_ENTRIES) {
            throw new DataException(source + ": is of " + height + "×" + width + " pixels, more than "
                    + ImageSet.MAX_ENTRIES + "; make it smaller");
        }
        BufferedImage image = reader.read(0);
        ColorModel colours = image.getColorModel();
        if (colours instanceof IndexColorModel palette) {
            return fromPalette(source, image.getRaster(), palette);
        }
        if (image.getRaster().getTransferType() != DataBuffer.TYPE_BYTE || colours.getComponentSize(0) != 8) {
            throw new DataException(
                    source + ": has " + colours.getComponentSize(0) + " bits a value; convert it to 8 bits");
        }
        return fromBands(source, image.getRaster(), colours.hasAlpha());
    }

    /** Raw values, not those that a conversion between colour spaces would make of them. */
    private static Picture fromBands(String source, Raster raster, boolean alpha) {
        int bands = raster.getNumBands();
        int channels = alpha ? bands - 1 : bands;
        if (channels != 1 && channels != 3) {
            throw new DataException(
                    source + ": has " + channels + " colour channels; convert it to gray or red, green, blue");
        }
        int pixels = raster.getWidth() * raster.getHeight();
        int[] values = raster.getPixels(0, 0, raster.getWidth(), raster.getHeight(), (int[]) null);
        byte[] bytes = new byte[pixels * channels];
        for (int pixel = 0; pixel < pixels; pixel++) {
            for (int channel = 0; channel < channels; channel++) {
                bytes[pixel * channels + channel] = (byte) values[pixel * bands + channel];
            }
            if (alpha && values[pixel * bands + channels] != OPAQUE) {
                throw transparent(source);
            }
        }
        return new Picture(raster.getHeight(), raster.getWidth(), channels, bytes);
    }

    /** Gray of fewer than 8 bits comes as a palette too: one that has only grays. */
    private static Picture fromPalette(String source, Raster raster, IndexColorModel palette) {
        int[] indices = raster.getPixels(0, 0, raster.getWidth(), raster.getHeight(), (int[]) null);
        int channels = isGray(palette) ? 1 : 3;
        byte[] bytes = new byte[indices.length * channels];
        int at = 0;
        for (int index : indices) {
            if (index >= palette.getMapSize()) {
                throw new DataException(source + ": refers to a colour that its palette lacks");
            }
            if (palette.getAlpha(index) != OPAQUE) {
                throw transparent(source);
            }
            bytes[at++] = (byte) palette.getRed(index);
            if (channels == 3) {
                bytes[at++] = (byte) palette.getGreen(index);
                bytes[at++] = (byte) palette.getBlue(index);
            }
        }
        return new Picture(raster.getHeight(), raster.getWidth(), channels, bytes);
    }

    private static boolean isGray(IndexColorModel palette) {
        for (int i = 0; i < palette.getMapSize(); i++) {
            if (palette.getRed(i) != palette.getGreen(i) || palette.getRed(i) != palette.getBlue(i)) {
                return false;
            }
        }
        return true;
    }

    private static DataException transparent(String source) {
        return new DataException(source + ": has transparent pixels; put it on a background and save it without alpha");
    }

    /** Such as {@code 28×28×1}. */
    String size() {
        return height + "×" + width + "×" + channels;
    }
}
