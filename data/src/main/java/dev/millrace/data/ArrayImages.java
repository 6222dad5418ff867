package dev.millrace.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads images that lie in one array of bytes: IDX, NumPy's, and the binary batches of CIFAR-10. */
final class ArrayImages {

    private static final int MOST_CHANNELS = 4;

    private static final int CIFAR_SIDE = 32;
    private static final int CIFAR_CHANNELS = 3;
    private static final int CIFAR_PLANE = CIFAR_SIDE * CIFAR_SIDE;

    /** A label, then the image. */
    private static final int CIFAR_RECORD = 1 + CIFAR_CHANNELS * CIFAR_PLANE;

    private static final int CIFAR_CLASSES = 10;

    private ArrayImages() {}

    /** IDX of 3 dimensions (images, height, width) or 4 (and channels). */
    static ImageSet idx(String source, InputStream in) throws IOException {
        int[] sizes = IdxHeader.read(source, in).sizes();
        if (sizes.length != 3 && sizes.length != 4) {
            throw new DataException(
                    source + ": has " + sizes.length + (sizes.length == 1 ? " dimension" : " dimensions")
                            + ", images have 3 (images, height, width) or 4 (and channels)"
                            + (sizes.length == 1 ? "; is it the file of labels?" : ""));
        }
        return read(source, in, sizes[0], sizes[1], sizes[2], sizes.length == 4 ? sizes[3] : 1);
    }

    /** The labels that go with a file of images. */
    static List<String> labels(Path file) throws IOException {
        try (Input input = Input.open(new DataSource.File(file))) {
            int[] sizes = IdxHeader.read(file.toString(), input.bytes()).sizes();
            if (sizes.length != 1) {
                throw new DataException(file + ": has " + sizes.length + " dimensions, labels have 1");
            }
            byte[] bytes = input.bytes().readNBytes(sizes[0]);
            if (bytes.length < sizes[0]) {
                throw cutShort(file.toString(), sizes[0], "labels");
            }
            List<String> labels = new ArrayList<>(bytes.length);
            for (byte label : bytes) {
                labels.add(Integer.toString(label & 0xFF));
            }
            return labels;
        }
    }

    /** Where MNIST's naming has the labels of a file of images; empty if nothing lies there. */
    static Optional<Path> labelsBeside(Path images) {
        String name = String.valueOf(images.getFileName());
        String labels = name.replaceFirst("images([.-])idx[34]", "labels$1idx1");
        Path beside = images.resolveSibling(labels);
        return labels.equals(name) || !Files.isRegularFile(beside) ? Optional.empty() : Optional.of(beside);
    }

    /** NumPy's array of uint8, (images, height, width) or (images, height, width, channels). */
    static ImageSet npy(String source, InputStream in) throws IOException {
        NpyHeader header = NpyHeader.read(source, in);
        if (!areImages(header)) {
            throw new DataException(source + ": is an array of " + header.type().kind()
                    + header.type().size()
                    + " of shape " + header.shape()
                    + "; images are of uint8, (images, height, width) or (images, height, width, channels)");
        }
        if (header.fortranOrder()) {
            throw new DataException(source + ": is in Fortran order; save numpy.ascontiguousarray of it");
        }
        List<Long> shape = header.shape();
        long channels = shape.size() == 4 ? shape.get(3) : 1;
        return read(source, in, shape.get(0), shape.get(1), shape.get(2), channels);
    }

    /** Whether an array is one of images: of bytes, and of more dimensions than a table has. */
    static boolean areImages(NpyHeader header) {
        int dimensions = header.shape().size();
        return header.type().kind() == 'u' && header.type().size() == 1 && (dimensions == 3 || dimensions == 4);
    }

    private static ImageSet read(String source, InputStream in, long count, long height, long width, long channels)
            throws IOException {
        if (channels > MOST_CHANNELS) {
            throw new DataException(source + ": images of " + channels + " channels; there are from 1 to "
                    + MOST_CHANNELS + ", and they are the last dimension (transpose from channels first)");
        }
        // None of the sizes is beyond 2^31 here, so that two of them multiply without overflow.
        long pixels = height * width;
        if (pixels > ImageSet.MAX_ENTRIES || pixels * channels > ImageSet.MAX_ENTRIES) {
            throw new DataException(source + ": images of " + height + "×" + width + "×" + channels + " have more than "
                    + ImageSet.MAX_ENTRIES + " values");
        }
        long entries = pixels * channels;
        if (count > ImageSet.MAX_BYTES / entries) {
            throw new DataException(source + ": claims " + count + " images of " + entries + " bytes, more than the "
                    + ImageSet.MAX_BYTES + " bytes that can be read; split the file");
        }
        int length = (int) (count * entries);
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw cutShort(source, count, "images of " + entries + " bytes");
        }
        return ImageSet.owning((int) height, (int) width, (int) channels, bytes);
    }

    private static DataException cutShort(String source, long count, String what) {
        return new DataException(source + ": the file ends before the " + count + " " + what + " it promises");
    }

    /** Records of a label and the three planes, red, green and blue, of an image of 32 × 32. */
    static ImageSet cifar(String source, InputStream in) throws IOException {
        byte[] records = in.readNBytes(ImageSet.MAX_BYTES);
        int count = records.length / CIFAR_RECORD;
        if (count == 0 || records.length % CIFAR_RECORD != 0) {
            throw new DataException(source + ": " + records.length + " bytes are not whole records of " + CIFAR_RECORD
                    + " bytes, as CIFAR-10's binary batches are");
        }
        byte[] bytes = new byte[count * (CIFAR_RECORD - 1)];
        List<String> labels = new ArrayList<>(count);
        int at = 0;
        for (int image = 0; image < count; image++) {
            int start = image * CIFAR_RECORD;
            int label = records[start] & 0xFF;
            if (label >= CIFAR_CLASSES) {
                throw new DataException(source + ": record " + (image + 1) + " has the label " + label
                        + ", CIFAR-10's are 0 to 9; is this a binary batch of CIFAR-10?");
            }
            labels.add(Integer.toString(label));
            for (int pixel = 0; pixel < CIFAR_PLANE; pixel++) {
                for (int channel = 0; channel < CIFAR_CHANNELS; channel++) {
                    bytes[at++] = records[start + 1 + channel * CIFAR_PLANE + pixel];
                }
            }
        }
        return ImageSet.owning(CIFAR_SIDE, CIFAR_SIDE, CIFAR_CHANNELS, bytes).withLabels(labels);
    }
}
