package dev.millrace.kernel;

/**
 * The random generator of everything that must be the same on every JVM: SplitMix64 (Steele, Lea and Flood, "Fast
 * splittable pseudorandom number generators", 2014), with draws defined here and not by the JDK, whose bounded and
 * Gaussian draws have changed between versions. Not safe for several threads.
 */
public final class SplitMix {

    private static final long GAMMA = 0x9e3779b97f4a7c15L;

    private long state;

    /** A generator that gives the same numbers for the same seed. */
    public SplitMix(long seed) {
        reseed(seed);
    }

    /** A generator for one of many streams, such as one per epoch or per row, that do not depend on each other. */
    public SplitMix(long seed, long stream) {
        reseed(seed, stream);
    }

    /** Starts again from this seed. */
    public void reseed(long seed) {
        state = seed;
    }

    /** Starts again from this stream of this seed. */
    public void reseed(long seed, long stream) {
        state = mix(mix(seed + GAMMA) ^ (stream * GAMMA));
    }

    /** 64 random bits. */
    public long nextLong() {
        state += GAMMA;
        return mix(state);
    }

    /** Uniform in [0, 1), a multiple of 2⁻⁵³. */
    public double nextDouble() {
        return (nextLong() >>> 11) * 0x1p-53;
    }

    /** Uniform in (0, 1): never 0, never 1. */
    public double nextOpen() {
        return ((nextLong() >>> 12) + 0.5) * 0x1p-52;
    }

    /** Uniform in {0, …, bound − 1}; the bias is below bound / 2³². */
    public int nextInt(int bound) {
        return (int) (((nextLong() >>> 32) * bound) >>> 32);
    }

    /** The numbers 0 … n − 1 in random order. */
    public int[] permutation(int n) {
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            order[i] = i;
        }
        shuffle(order);
        return order;
    }

    /** Brings the entries into random order (Fisher and Yates). */
    public void shuffle(int[] entries) {
        shuffle(entries, 0, entries.length);
    }

    /** Brings the entries from one place to before another into random order. */
    public void shuffle(int[] entries, int from, int to) {
        for (int i = to - 1; i > from; i--) {
            int j = from + nextInt(i - from + 1);
            int swapped = entries[i];
            entries[i] = entries[j];
            entries[j] = swapped;
        }
    }

    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
