package dev.millrace.cli;

import dev.millrace.ImageLikelihood;
import dev.millrace.bijection.Shape;
import dev.millrace.data.Fingerprint;
import dev.millrace.data.ImageSet;
import dev.millrace.data.Split;
import dev.millrace.report.RowSet;
import dev.millrace.train.ImageEncoding;
import dev.millrace.train.RowSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Images, as a fit uses them.
 *
 * @param images all but those of a test file
 * @param testFile images for the final figure that are not in {@code images}
 * @param split of the images
 * @param encoding how they become rows
 * @param description for the model's provenance
 */
record ImageFitData(
        ImageSet images,
        Optional<ImageSet> testFile,
        Split split,
        ImageEncoding encoding,
        Map<String, Object> description)
        implements FitData {

    /**
     * Splits images.
     *
     * @param testFile test images that are not in {@code all}, of the same size
     * @param seed of the split, the noise and the flips
     */
    static ImageFitData of(ImageSet all, Optional<ImageSet> testFile, ImageSettings settings, long seed) {
        ImageEncoding encoding = ImageEncoding.of(Shape.of(all.height(), all.width(), all.channels()))
                .levels(settings.levels())
                .flips(settings.flip())
                .seed(seed);
        Split split = settings.holdOut().split(all.count(), seed);
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("images", all.count());
        tree.put("height", all.height());
        tree.put("width", all.width());
        tree.put("channels", all.channels());
        tree.put(Provenance.FINGERPRINT, Fingerprint.of(all));
        tree.put("trainRows", split.train().length);
        tree.put("validationRows", split.validation().length);
        tree.put("testRows", testFile.map(ImageSet::count).orElse(split.test().length));
        tree.put(Provenance.READING, settings.toTree());
        return new ImageFitData(all, testFile, split, encoding, tree);
    }

    @Override
    public RowSource trainRows() {
        return part(split.train());
    }

    @Override
    public RowSource validationRows() {
        return part(split.validation());
    }

    @Override
    public RowSource testRows() {
        return testFile.map(set -> encoding.rows(set.bytes())).orElseGet(() -> part(split.test()));
    }

    private RowSource part(int[] chosen) {
        return RowSource.select(encoding.rows(images.bytes()), chosen);
    }

    @Override
    public List<RowSet> sets() {
        return List.of(
                ImageRowSets.of(RowSet.Role.TRAINING, images, split.train()),
                ImageRowSets.of(RowSet.Role.VALIDATION, images, split.validation()),
                testFile.map(set -> ImageRowSets.of(
                                RowSet.Role.TEST,
                                set,
                                IntStream.range(0, set.count()).toArray()))
                        .orElseGet(() -> ImageRowSets.of(RowSet.Role.TEST, images, split.test())));
    }

    @Override
    public LikelihoodUnit unit() {
        return new LikelihoodUnit.BitsPerDim(new ImageLikelihood(encoding.dimension(), encoding.levels()));
    }

    @Override
    public Map<String, Object> encodingTree() {
        return ImageEncodingTree.write(encoding);
    }

    @Override
    public FitPlan plan(Overrides given, int threads) {
        return ImageDefaults.plan(split.train().length, encoding.shape(), given, encoding.seed(), threads);
    }

    /** Of images it would say little, at a file of covariances. */
    @Override
    public Optional<GaussianBaseline> gaussian() {
        return Optional.empty();
    }
}
