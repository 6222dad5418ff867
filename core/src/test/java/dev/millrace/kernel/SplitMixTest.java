package dev.millrace.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SplitMixTest {

    /** The first numbers for seed 1234567 that implementations of SplitMix64 are commonly checked with (Rosetta Code). */
    @Test
    void isSplitMix64() {
        SplitMix random = new SplitMix(1234567);
        assertThat(Long.toUnsignedString(random.nextLong())).isEqualTo("6457827717110365317");
        assertThat(Long.toUnsignedString(random.nextLong())).isEqualTo("3203168211198807973");
        assertThat(Long.toUnsignedString(random.nextLong())).isEqualTo("9817491932198370423");
        assertThat(Long.toUnsignedString(random.nextLong())).isEqualTo("4593380528125082431");
        assertThat(Long.toUnsignedString(random.nextLong())).isEqualTo("16408922859458223821");
    }

    @Test
    void reseedingStartsAgain() {
        SplitMix random = new SplitMix(5);
        long first = random.nextLong();
        random.reseed(5);
        assertThat(random.nextLong()).isEqualTo(first);
        random.reseed(5, 7);
        assertThat(random.nextLong()).isEqualTo(new SplitMix(5, 7).nextLong());
    }

    @Test
    void streamsDiffer() {
        Set<Long> firsts = new HashSet<>();
        for (int seed = 0; seed < 100; seed++) {
            for (int stream = 0; stream < 100; stream++) {
                firsts.add(new SplitMix(seed, stream).nextLong());
            }
        }
        assertThat(firsts).hasSize(10_000);
    }

    /** The mean of 100 000 uniform numbers has a standard deviation of 0.0009, their correlation with the next 0.003. */
    @Test
    void doublesAreUniform() {
        SplitMix random = new SplitMix(1, 1);
        int n = 100_000;
        double sum = 0;
        double products = 0;
        double last = random.nextDouble() - 0.5;
        for (int i = 0; i < n; i++) {
            double x = random.nextDouble();
            assertThat(x).isBetween(0.0, Math.nextDown(1.0));
            sum += x;
            products += last * (x - 0.5);
            last = x - 0.5;
        }
        assertThat(sum / n).isCloseTo(0.5, within(0.004));
        assertThat(products / n * 12).isCloseTo(0, within(0.013));
    }

    /** Undoing the finaliser gives the seeds whose first 64 bits are all zeros or all ones. */
    @Test
    void openDrawsAreNeverZeroOrOne() {
        long gamma = 0x9e3779b97f4a7c15L;
        SplitMix zeros = new SplitMix(-gamma);
        assertThat(zeros.nextOpen()).isEqualTo(0x1p-53);
        SplitMix ones = new SplitMix(unmix(-1) - gamma);
        assertThat(ones.nextOpen()).isEqualTo(1 - 0x1p-53);
        ones.reseed(unmix(-1) - gamma);
        assertThat(ones.nextDouble()).isEqualTo(1 - 0x1p-53);
    }

    private static long unmix(long z) {
        z ^= (z >>> 31) ^ (z >>> 62);
        z *= 0x319642b2d24d8ec3L;
        z ^= (z >>> 27) ^ (z >>> 54);
        z *= 0x96de1b173f119089L;
        return z ^ (z >>> 30) ^ (z >>> 60);
    }

    /** Each of 7 counts of 70 000 draws has a standard deviation of 93. */
    @Test
    void integersAreUniform() {
        SplitMix random = new SplitMix(9);
        int[] counts = new int[7];
        for (int i = 0; i < 70_000; i++) {
            counts[random.nextInt(7)]++;
        }
        for (int count : counts) {
            assertThat(count).isBetween(9_600, 10_400);
        }
        assertThat(random.nextInt(1)).isZero();
        for (int i = 0; i < 1000; i++) {
            assertThat(random.nextInt(Integer.MAX_VALUE)).isNotNegative();
        }
    }

    @Test
    void permutationsHoldEachNumberOnceInAnyOrder() {
        SplitMix random = new SplitMix(3);
        assertThat(random.permutation(0)).isEmpty();
        assertThat(random.permutation(50))
                .isNotEqualTo(IntStream.range(0, 50).toArray())
                .containsExactlyInAnyOrder(IntStream.range(0, 50).toArray());
        Set<String> orders = new HashSet<>();
        for (int i = 0; i < 300; i++) {
            orders.add(Arrays.toString(random.permutation(3)));
        }
        assertThat(orders).hasSize(6);
    }
}
