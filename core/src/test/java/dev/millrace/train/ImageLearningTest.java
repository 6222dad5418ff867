package dev.millrace.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.Digits;
import dev.millrace.Flow;
import dev.millrace.ImageLikelihood;
import dev.millrace.bijection.Composition;
import dev.millrace.bijection.Shape;
import dev.millrace.net.States;
import org.junit.jupiter.api.Test;

/** A tiny multi-scale flow learns real images. */
class ImageLearningTest {

    private static final int SIDE = Digits.SIDE;
    private static final ImageLikelihood UNITS = new ImageLikelihood(SIDE * SIDE, Digits.LEVELS);

    private static final ImageEncoding ENCODING =
            ImageEncoding.of(Shape.of(SIDE, SIDE, 1)).levels(Digits.LEVELS);

    /**
     * A flow that knew only how often each pixel takes each value could at best have the baseline's bits; a normal
     * distribution of each pixel has 3.35.
     */
    @Test
    void digitsAreLearnedBeyondWhatPixelsSayAlone() {
        byte[] train = Digits.pixels(0, 1437);
        byte[] test = Digits.pixels(1437, 1797);
        double baseline = Digits.independentBits(train, test);
        assertThat(baseline).isCloseTo(2.39, within(0.01));

        Flow flow = Flow.realNvp(SIDE, SIDE, 1).small().features(8).build();
        TrainerSettings settings = TrainerSettings.builder()
                .epochs(6)
                .batchSize(64)
                .learningRate(1e-2)
                .schedule(new Schedule.Cosine(0))
                .build();
        TrainingResult result = new Trainer(settings).fit(flow, ENCODING.rows(train), ENCODING.rows(test));
        double logProb = result.history().get(result.bestEpoch() - 1).validationLogProb();
        assertThat(UNITS.bitsPerDimension(logProb)).isBetween(1.5, baseline);
    }

    /** Of two blocks to a batch, with flipped images, and recomputed activations. */
    @Test
    void theModelDoesNotDependOnThreads() {
        Flow flow = Flow.realNvp(SIDE, SIDE, 1).features(24).blocks(1).build();
        RowSource train = ENCODING.flips(true).rows(Digits.pixels(0, 100));
        TrainerSettings.Builder settings =
                TrainerSettings.builder().epochs(1).batchSize(50).gradientMode(GradientMode.RECOMPUTE);
        Trainer alone = new Trainer(settings.threads(1).build());
        Trainer together = new Trainer(settings.threads(3).build());
        assertThat(new Composition(flow.layers()).blockRows()).isEqualTo(32);
        assertThat(States.values(together.fit(flow, train, train).flow().state()))
                .usingRecursiveComparison()
                .isEqualTo(States.values(alone.fit(flow, train, train).flow().state()));
    }
}
