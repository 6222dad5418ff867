package dev.millrace.data;

/**
 * Reproducible randomness from 64-bit integer arithmetic alone, so that no JDK can ever change a bit of it: the output
 * function and increment of SplitMix64 (Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014).
 */
final class SplitMix {

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    /** A generator whose sequence depends on the seed alone. */
    SplitMix(long seed) {
        state = seed;
    }

    /** The next 64 bits. */
    long next() {
        state += GOLDEN_GAMMA;
        return mix(state);
    }

    /** A number from 0 to bound − 1; the bias, bound / 2^63, is too small to see. */
    int nextBelow(int bound) {
        return (int) ((next() >>> 1) % bound);
    }

    /** A hash of a hash so far and one value more: the number at this index of a sequence seeded by the hash. */
    static long absorb(long hash, long value) {
        return mix(mix(hash + GOLDEN_GAMMA) + value * GOLDEN_GAMMA);
    }

    /** The upper 53 bits as a number from 0 to just below 1. */
    static double unit(long bits) {
        return (bits >>> 11) * 0x1p-53;
    }

    private static long mix(long bits) {
        long z = (bits ^ bits >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
