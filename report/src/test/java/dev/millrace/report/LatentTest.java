package dev.millrace.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.distribution.StandardNormal;
import dev.millrace.kernel.SplitMix;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LatentTest {

    private static final int ROWS = 999;

    /** The quantiles of the base themselves, in one entry, and shifted and stretched in the other. */
    private static Latent latent() {
        StandardNormal base = new StandardNormal(2);
        double[] z = new double[2 * ROWS];
        for (int i = 0; i < ROWS; i++) {
            double quantile = base.quantile(0, (i + 1) / (ROWS + 1.0));
            z[2 * i] = quantile;
            z[2 * i + 1] = 3 * quantile + 1;
        }
        return new Latent(base, z, ROWS);
    }

    private static List<?> numbers(Map<?, ?> tree, String key) {
        return (List<?>) tree.get(key);
    }

    @Test
    void quantilesOfTheBaseLieOnTheLineAndInTheBand() {
        Map<String, Object> tree = latent().quantiles(0);
        for (int i = 0; i < 99; i++) {
            double expected = (Double) numbers(tree, "expected").get(i);
            // Both ways of placing 999 numbers on [0, 1] differ by at most a step, 0.04 in the tails.
            assertThat((Double) numbers(tree, "found").get(i)).isCloseTo(expected, within(0.04));
            assertThat(expected).isBetween((Double) numbers(tree, "low").get(i), (Double)
                    numbers(tree, "high").get(i));
        }
        // Known quantiles: Φ⁻¹(0.9) and the middle.
        assertThat((Double) numbers(tree, "expected").get(89)).isCloseTo(1.28155, within(1e-4));
        assertThat((Double) numbers(tree, "expected").get(49)).isCloseTo(0, within(1e-12));
    }

    @Test
    void anEntryThatIsNotTheBasesComesFirst() {
        Map<?, ?> first = (Map<?, ?>) numbers(latent().toTree(), "quantiles").get(0);

        assertThat(first.get("entry")).isEqualTo(2);
        assertThat((Double) numbers(first, "found").get(49)).isCloseTo(1, within(0.01));
        assertThat((Double) numbers(first, "found").get(49))
                .isGreaterThan((Double) numbers(first, "high").get(49));
    }

    @Test
    void correlationsAreFound() {
        List<?> lines = numbers(latent().toTree(), "correlation");

        assertThat((Double) ((List<?>) lines.get(0)).get(1)).isCloseTo(1, within(1e-4));
    }

    /** Of a sample that is the base's, 95 % lies in the band at each place. */
    @Test
    void theBandHoldsNineteenOfTwentySamples() {
        StandardNormal base = new StandardNormal(1);
        SplitMix random = new SplitMix(1);
        int samples = 400;
        int inside = 0;
        for (int s = 0; s < samples; s++) {
            double[] z = new double[200];
            for (int i = 0; i < z.length; i++) {
                base.sample(random, 1, z, i);
            }
            Map<String, Object> tree = new Latent(base, z, z.length).quantiles(0);
            double found = (Double) numbers(tree, "found").get(24);
            inside += found >= (Double) numbers(tree, "low").get(24)
                            && found <= (Double) numbers(tree, "high").get(24)
                    ? 1
                    : 0;
        }
        // Binomial: three standard deviations of 400 draws, and one more percent for the normal approximation.
        assertThat((double) inside / samples).isCloseTo(0.95, within(0.045));
    }
}
