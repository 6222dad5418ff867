package dev.millrace.report;

import dev.millrace.bijection.Shape;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * Images side by side, as one picture.
 *
 * @param shape {@code [height, width, channels]} of each
 * @param levels values that a pixel takes
 * @param columns images in a line
 * @param images rows of pixel values, channels last, as the data has them
 */
record ImageGrid(Shape shape, int levels, int columns, List<double[]> images) {

    private static final int GAP = 1;

    /** A PNG as an address that holds it. */
    String toDataUri() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(picture(), "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    /** Transparent between the images. */
    BufferedImage picture() {
        int height = shape.lengths().get(0) + GAP;
        int width = shape.lengths().get(1) + GAP;
        int lines = (images.size() + columns - 1) / columns;
        BufferedImage picture =
                new BufferedImage(columns * width - GAP, lines * height - GAP, BufferedImage.TYPE_INT_ARGB);
        for (int i = 0; i < images.size(); i++) {
            draw(images.get(i), picture, i % columns * width, i / columns * height);
        }
        return picture;
    }

    private void draw(double[] image, BufferedImage picture, int left, int top) {
        int width = shape.lengths().get(1);
        int channels = shape.lengths().get(2);
        for (int pixel = 0; pixel * channels < image.length; pixel++) {
            double[] values = Arrays.copyOfRange(image, pixel * channels, (pixel + 1) * channels);
            picture.setRGB(left + pixel % width, top + pixel / width, 0xff000000 | colour(values));
        }
    }

    /** Three channels are red, green and blue; of any other number, the first is shown in gray. */
    private int colour(double[] values) {
        boolean coloured = values.length == 3;
        return brightness(values[0]) << 16
                | brightness(values[coloured ? 1 : 0]) << 8
                | brightness(values[coloured ? 2 : 0]);
    }

    private int brightness(double value) {
        return (int) Math.round(value * 255 / (levels - 1));
    }
}
