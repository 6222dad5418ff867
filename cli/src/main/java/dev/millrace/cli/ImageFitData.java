package dev.millrace.cli;

import dev.millrace.ImageLikelihood;
import dev.millrace.bijection.Shape;
import dev.millrace.data.Fingerprint;
import dev.millrace.data.ImageSet;
import dev.millrace.data.Split;
import dev.millrace.train.ImageEncoding;
import dev.millrace.train.RowSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Images, as a fit uses them.
 *
 * @param images all but those of a test file
 * @param test the rows for the final figure
 * @param split of the images
 * @param encoding how they become rows
 * @param description for the model's provenance
 */
record ImageFitData(
        RowSource images, RowSource test, Split split, ImageEncoding encoding, Map<String, Object> description)
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
        RowSource images = encoding.rows(all.bytes());
        RowSource test =
                testFile.map(set -> encoding.rows(set.bytes())).orElseGet(() -> RowSource.select(images, split.test()));
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("images", all.count());
        tree.put("height", all.height());
        tree.put("width", all.width());
        tree.put("channels", all.channels());
        tree.put(Provenance.FINGERPRINT, Fingerprint.of(all));
        tree.put("trainRows", split.train().length);
        tree.put("validationRows", split.validation().length);
        tree.put("testRows", test.rows());
        tree.put(Provenance.READING, settings.toTree());
        return new ImageFitData(images, test, split, encoding, tree);
    }

    @Override
    public RowSource trainRows() {
        return RowSource.select(images, split.train());
    }

    @Override
    public RowSource validationRows() {
        return RowSource.select(images, split.validation());
    }

    @Override
    public RowSource testRows() {
        return test;
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
