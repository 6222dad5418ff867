package dev.millrace.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SplitMixTest {

    /** The reference implementation's output for this seed, as widely published. */
    @Test
    void isSplitMix64() {
        SplitMix random = new SplitMix(1234567);
        assertThat(random.next()).isEqualTo(6457827717110365317L);
        assertThat(random.next()).isEqualTo(3203168211198807973L);
        assertThat(random.next()).isEqualTo(Long.parseUnsignedLong("9817491932198370423"));
        assertThat(random.next()).isEqualTo(4593380528125082431L);
        assertThat(random.next()).isEqualTo(Long.parseUnsignedLong("16408922859458223821"));
    }

    @Test
    void unitReachesFromZeroToJustBelowOne() {
        assertThat(SplitMix.unit(0)).isZero();
        assertThat(SplitMix.unit(-1L)).isEqualTo(Math.nextDown(1.0));
    }

    @Test
    void aHashDependsOnOrder() {
        assertThat(SplitMix.absorb(SplitMix.absorb(0, 1), 2)).isNotEqualTo(SplitMix.absorb(SplitMix.absorb(0, 2), 1));
        assertThat(SplitMix.absorb(0, 0)).isNotEqualTo(0);
    }
}
