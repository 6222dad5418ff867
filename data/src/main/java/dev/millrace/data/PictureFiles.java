package dev.millrace.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.IntStream;
import java.util.zip.ZipException;

/** Decodes the files of a source, many at once, into one set in the order of their names. */
final class PictureFiles {

    /** So that a fault among many files is told soon. */
    private static final int AT_ONCE = 4096;

    /** So that a fault is told before there is much in memory. */
    private static final int BYTES_AT_ONCE = 16 << 20;

    private final String source;
    private final PictureSource files;
    private final List<String> names;

    PictureFiles(String source, PictureSource files) {
        this.source = source;
        this.files = files;
        this.names = files.names();
    }

    ImageSet read() {
        if (names.isEmpty()) {
            throw new DataException(source + ": holds no .png, .jpg or .jpeg file");
        }
        Picture first = picture(0);
        long length = (long) names.size() * first.bytes().length;
        if (first.bytes().length > ImageSet.MAX_ENTRIES || length > ImageSet.MAX_BYTES) {
            throw new DataException(source + ": " + names.size() + " images of " + first.size() + " are too large;"
                    + " make them smaller, or take fewer");
        }
        ImageSet set = ImageSet.owning(first.height(), first.width(), first.channels(), decode(first))
                .withFiles(names);
        return classes().map(set::withLabels).orElse(set);
    }

    /** All files, in memory that grows with those that could be decoded, not with the names of more. */
    private byte[] decode(Picture first) {
        int length = first.bytes().length;
        int atOnce = Math.min(AT_ONCE, Math.max(1, BYTES_AT_ONCE / length));
        byte[] bytes = new byte[0];
        for (int from = 0; from < names.size(); from += atOnce) {
            int to = Math.min(names.size(), from + atOnce);
            int room = room(to);
            if (bytes.length < room * length) {
                bytes = Arrays.copyOf(bytes, room * length);
            }
            decode(from, to, first, bytes);
        }
        return bytes;
    }

    /** For how many images to have room if there must be some for so many: all of them, or half, or a quarter, … */
    private int room(int needed) {
        int room = names.size();
        while (room / 2 >= needed) {
            room /= 2;
        }
        return room;
    }

    private void decode(int from, int to, Picture first, byte[] bytes) {
        ConcurrentSkipListMap<Integer, RuntimeException> faults = new ConcurrentSkipListMap<>();
        IntStream.range(from, to).parallel().forEach(i -> {
            try {
                Picture picture = picture(i);
                requireSizedAs(first, picture, names.get(i));
                int length = picture.bytes().length;
                System.arraycopy(picture.bytes(), 0, bytes, i * length, length);
            } catch (RuntimeException e) {
                faults.put(i, e);
            }
        });
        if (!faults.isEmpty()) {
            // The first by name, whichever thread was faster.
            throw faults.firstEntry().getValue();
        }
    }

    private Picture picture(int i) {
        String described = files.describe(names.get(i));
        try {
            return Picture.decode(described, files.read(names.get(i)));
        } catch (ZipException | EOFException e) {
            throw new DataException(
                    described + ": the archive is damaged here (" + Excerpt.printable(String.valueOf(e.getMessage()))
                            + ")",
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void requireSizedAs(Picture first, Picture found, String name) {
        if (found.height() != first.height() || found.width() != first.width()) {
            throw new DataException(files.describe(name) + ": is of " + found.size() + ", where "
                    + files.describe(names.get(0)) + " is of " + first.size()
                    + " (height×width×channels); bring all images to one size");
        }
        if (found.channels() != first.channels()) {
            throw new DataException(files.describe(name) + ": is " + kind(found) + ", where "
                    + files.describe(names.get(0)) + " is " + kind(first) + "; make all images gray, or all coloured");
        }
    }

    private static String kind(Picture picture) {
        return picture.channels() == 1 ? "gray" : "coloured";
    }

    /** The folder of each file, below the folders that all share; empty if all lie in one. */
    private Optional<List<String>> classes() {
        List<String> folders = names.stream()
                .map(name -> name.substring(0, name.lastIndexOf('/') + 1))
                .toList();
        TreeMap<String, Integer> distinct = new TreeMap<>();
        folders.forEach(folder -> distinct.put(folder, 0));
        if (distinct.size() == 1) {
            return Optional.empty();
        }
        int shared = shared(distinct.firstKey(), distinct.lastKey());
        return Optional.of(folders.stream()
                .map(folder -> folder.substring(shared, Math.max(shared, folder.length() - 1)))
                .toList());
    }

    /** The length of the leading folders that two paths have in common; what sorts between them has them too. */
    private static int shared(String first, String last) {
        int shared = 0;
        for (int i = 0; i < Math.min(first.length(), last.length()) && first.charAt(i) == last.charAt(i); i++) {
            shared = first.charAt(i) == '/' ? i + 1 : shared;
        }
        return shared;
    }
}
