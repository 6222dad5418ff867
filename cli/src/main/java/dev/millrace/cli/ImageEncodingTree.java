package dev.millrace.cli;

import dev.millrace.bijection.Shape;
import dev.millrace.model.Fields;
import dev.millrace.model.ModelFormatException;
import dev.millrace.train.ImageEncoding;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An encoding of images as a tree, and back. The logit and its α are layers of the flow, and stored with it. */
final class ImageEncodingTree {

    private static final String KIND = "kind";
    private static final String IMAGES = "images";

    private ImageEncodingTree() {}

    /** Whether a model's encoding is one of images. */
    static boolean isOne(Map<String, Object> encoding) {
        return IMAGES.equals(encoding.get(KIND));
    }

    /** The tree, with the numbers that it has when read back. */
    static Map<String, Object> write(ImageEncoding encoding) {
        List<Integer> lengths = encoding.shape().lengths();
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put(KIND, IMAGES);
        tree.put("height", (long) lengths.get(0));
        tree.put("width", (long) lengths.get(1));
        tree.put("channels", (long) lengths.get(2));
        tree.put("levels", (long) encoding.levels());
        tree.put("flip", encoding.flips());
        tree.put("seed", encoding.seed());
        return tree;
    }

    /** @throws ModelFormatException if the tree describes no encoding of images */
    static ImageEncoding read(Map<String, Object> tree) {
        Fields fields = Fields.of(tree, "encoding");
        fields.string(KIND);
        try {
            ImageEncoding encoding = new ImageEncoding(
                    Shape.of(fields.integer("height"), fields.integer("width"), fields.integer("channels")),
                    fields.integer("levels"),
                    fields.bool("flip"),
                    fields.longValue("seed"));
            fields.end();
            encoding.dimension();
            return encoding;
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new ModelFormatException("encoding: " + e.getMessage(), e);
        }
    }
}
