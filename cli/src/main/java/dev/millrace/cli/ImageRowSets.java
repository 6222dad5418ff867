package dev.millrace.cli;

import dev.millrace.data.ColumnEncoding;
import dev.millrace.data.ImageSet;
import dev.millrace.data.Table;
import dev.millrace.data.TableEncoding;
import dev.millrace.report.RowSet;
import java.util.List;
import java.util.stream.IntStream;

/** Images as a report has them: as rows of pixel values. */
final class ImageRowSets {

    /** A report shows a part of many rows anyway; as numbers, all images of a set would fill the memory. */
    private static final int MOST_NUMBERS = 4_000_000;

    private ImageRowSets() {}

    /** Columns for the values of an image, which only have names. */
    static TableEncoding columns(int entries) {
        return new TableEncoding(names(entries).stream()
                .<ColumnEncoding>map(ColumnEncoding.Continuous::new)
                .toList());
    }

    private static List<String> names(int entries) {
        return IntStream.rangeClosed(1, entries).mapToObj(i -> "x" + i).toList();
    }

    /**
     * Some of the images.
     *
     * @param chosen their numbers, from 0; of too many, a part is taken at even distances
     */
    static RowSet of(RowSet.Role role, ImageSet images, int[] chosen) {
        int entries = images.entries();
        int count = Math.min(chosen.length, Math.max(1, MOST_NUMBERS / entries));
        int[] numbers = new int[count];
        double[] values = new double[count * entries];
        for (int i = 0; i < count; i++) {
            int image = chosen[(int) ((long) i * chosen.length / count)];
            numbers[i] = image + 1;
            byte[] bytes = images.image(image);
            for (int j = 0; j < entries; j++) {
                values[i * entries + j] = Byte.toUnsignedInt(bytes[j]);
            }
        }
        return new RowSet(role, Table.of(names(entries), values), numbers, chosen.length);
    }
}
