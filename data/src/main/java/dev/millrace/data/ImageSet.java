package dev.millrace.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Images of one size and one number of channels, 8 bits a value, with their labels and files where these are known.
 *
 * <p>An image is a row of height × width × channels bytes, channels last: the channels of the upper left pixel come
 * first, then those of the pixel to its right. Immutable and safe to share between threads.
 */
public final class ImageSet {

    /** The most values of one image: 1,048,576, such as 591 × 591 pixels in colour. */
    public static final int MAX_ENTRIES = 1 << 20;

    /** The most values of a set; also the largest array every JVM can make. */
    public static final int MAX_BYTES = Integer.MAX_VALUE - 8;

    private final int height;
    private final int width;
    private final int channels;
    private final byte[] bytes;
    private final Optional<List<String>> labels;
    private final Optional<List<String>> files;

    private ImageSet(
            int height,
            int width,
            int channels,
            byte[] bytes,
            Optional<List<String>> labels,
            Optional<List<String>> files) {
        this.height = height;
        this.width = width;
        this.channels = channels;
        this.bytes = bytes;
        this.labels = labels;
        this.files = files;
    }

    /**
     * A set of images without labels.
     *
     * @param height of each image in pixels, 1 or more
     * @param width of each image in pixels, 1 or more
     * @param channels of each pixel, 1 or more; 1 is gray, 3 is red, green, blue
     * @param bytes images × height × width × channels values of 0 to 255, as unsigned bytes; copied
     * @return the set
     * @throws IllegalArgumentException if a size is out of range, there is no image, or the last one is not whole
     */
    public static ImageSet of(int height, int width, int channels, byte[] bytes) {
        return owning(height, width, channels, bytes.clone());
    }

    /** As {@link #of}, without the copy. */
    static ImageSet owning(int height, int width, int channels, byte[] bytes) {
        long entries = (long) height * width * channels;
        if (height < 1 || width < 1 || channels < 1 || entries > MAX_ENTRIES) {
            throw new IllegalArgumentException("an image of height " + height + ", width " + width + " and " + channels
                    + " channels; it must have from 1 to " + MAX_ENTRIES + " values");
        }
        if (bytes.length == 0 || bytes.length % entries != 0) {
            throw new IllegalArgumentException(
                    bytes.length + " bytes are not one or more whole images of " + entries + " values");
        }
        return new ImageSet(height, width, channels, bytes, Optional.empty(), Optional.empty());
    }

    /**
     * The same images with labels.
     *
     * @param known one label an image
     * @return a set that shares this one's bytes
     * @throws IllegalArgumentException if there are more or fewer labels than images
     */
    public ImageSet withLabels(List<String> known) {
        return new ImageSet(height, width, channels, bytes, Optional.of(oneEach("labels", known)), files);
    }

    /**
     * The same images with the names of the files they came from.
     *
     * @param known one name an image
     * @return a set that shares this one's bytes
     * @throws IllegalArgumentException if there are more or fewer names than images
     */
    public ImageSet withFiles(List<String> known) {
        return new ImageSet(height, width, channels, bytes, labels, Optional.of(oneEach("files", known)));
    }

    private List<String> oneEach(String what, List<String> known) {
        if (known.size() != count()) {
            throw new IllegalArgumentException(known.size() + " " + what + " for " + count() + " images");
        }
        return List.copyOf(known);
    }

    /**
     * Several sets as one, one after the other. Labels and files stay known only where all the sets know them.
     *
     * @param sets at least one
     * @param sources what messages call them, one a set
     * @return all together
     * @throws DataException if the images differ in size, naming the set, or are too many together
     */
    public static ImageSet concat(List<ImageSet> sets, List<String> sources) {
        ImageSet first = sets.get(0);
        long length = 0;
        for (int i = 0; i < sets.size(); i++) {
            ImageSet set = sets.get(i);
            if (!set.isSizedAs(first)) {
                throw new DataException(sources.get(i) + ": its images are of " + set.size() + ", those of "
                        + sources.get(0) + " of " + first.size());
            }
            length += set.bytes.length;
        }
        if (length > MAX_BYTES) {
            throw new DataException(sources.get(0) + " and the others: more than " + MAX_BYTES + " bytes of images");
        }
        byte[] all = new byte[(int) length];
        int at = 0;
        for (ImageSet set : sets) {
            System.arraycopy(set.bytes, 0, all, at, set.bytes.length);
            at += set.bytes.length;
        }
        ImageSet joined = owning(first.height, first.width, first.channels, all);
        return new ImageSet(
                joined.height,
                joined.width,
                joined.channels,
                all,
                joined(sets.stream().map(ImageSet::labels).toList()),
                joined(sets.stream().map(ImageSet::files).toList()));
    }

    private static Optional<List<String>> joined(List<Optional<List<String>>> parts) {
        if (!parts.stream().allMatch(Optional::isPresent)) {
            return Optional.empty();
        }
        return Optional.of(parts.stream().flatMap(part -> part.get().stream()).toList());
    }

    /**
     * Some of the images.
     *
     * @param images their numbers from 0, in the order they are to have; at least one
     * @return a set of its own
     * @throws IndexOutOfBoundsException if there is no image of such a number
     */
    public ImageSet select(int[] images) {
        int entries = entries();
        byte[] chosen = new byte[Math.multiplyExact(images.length, entries)];
        for (int i = 0; i < images.length; i++) {
            System.arraycopy(bytes, Objects.checkIndex(images[i], count()) * entries, chosen, i * entries, entries);
        }
        ImageSet set = owning(height, width, channels, chosen);
        return new ImageSet(
                height,
                width,
                channels,
                set.bytes,
                labels.map(known -> chosen(known, images)),
                files.map(known -> chosen(known, images)));
    }

    private static List<String> chosen(List<String> known, int[] images) {
        List<String> chosen = new ArrayList<>(images.length);
        for (int image : images) {
            chosen.add(known.get(image));
        }
        return List.copyOf(chosen);
    }

    /**
     * How many images there are.
     *
     * @return 1 or more
     */
    public int count() {
        return bytes.length / entries();
    }

    /**
     * Pixels from top to bottom.
     *
     * @return 1 or more
     */
    public int height() {
        return height;
    }

    /**
     * Pixels from left to right.
     *
     * @return 1 or more
     */
    public int width() {
        return width;
    }

    /**
     * Values of a pixel.
     *
     * @return 1 for gray, 3 for colour
     */
    public int channels() {
        return channels;
    }

    /**
     * Values of an image.
     *
     * @return height × width × channels, at most {@link #MAX_ENTRIES}
     */
    public int entries() {
        return height * width * channels;
    }

    /**
     * The size of the images in words.
     *
     * @return such as {@code 28×28×1}: height, width, channels
     */
    public String size() {
        return height + "×" + width + "×" + channels;
    }

    /** Whether the images of both sets could be in one. */
    private boolean isSizedAs(ImageSet other) {
        return height == other.height && width == other.width && channels == other.channels;
    }

    /**
     * The values of one image.
     *
     * @param image its number, from 0
     * @return unsigned bytes, {@link #entries()} of them; a copy
     * @throws IndexOutOfBoundsException if there is no image of this number
     */
    public byte[] image(int image) {
        int at = Objects.checkIndex(image, count()) * entries();
        return Arrays.copyOfRange(bytes, at, at + entries());
    }

    /**
     * The values of all images.
     *
     * @return unsigned bytes, image after image; this set's own array, which is not to be changed
     */
    public byte[] bytes() {
        return bytes;
    }

    /**
     * What each image shows, if known.
     *
     * @return one label an image
     */
    public Optional<List<String>> labels() {
        return labels;
    }

    /**
     * The files the images came from, if each came from its own.
     *
     * @return one name an image, relative to the folder or archive that was read
     */
    public Optional<List<String>> files() {
        return files;
    }
}
