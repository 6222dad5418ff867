package dev.millrace.bijection;

import dev.millrace.kernel.Memory;
import dev.millrace.kernel.SplitMix;

/** z_i = x_{source(i)}: the entries in another, fixed order. Its log-det is 0. */
public final class Permutation implements Parameterless {

    private final int[] source;

    private Permutation(int[] source) {
        this.source = source;
    }

    /**
     * The permutation whose entry i of z is entry {@code source[i]} of x.
     *
     * @throws IllegalArgumentException if {@code source} does not hold each of 0 … n − 1 once
     */
    public static Permutation of(int... source) {
        boolean[] seen = new boolean[source.length];
        for (int from : source) {
            if (from < 0 || from >= source.length || seen[from]) {
                throw new IllegalArgumentException(
                        "a permutation of " + source.length + " entries holds each index once, but found " + from);
            }
            seen[from] = true;
        }
        return new Permutation(source.clone());
    }

    /** The entries in reverse order. */
    public static Permutation reversal(int dimension) {
        int[] source = new int[dimension];
        for (int i = 0; i < dimension; i++) {
            source[i] = dimension - 1 - i;
        }
        return new Permutation(source);
    }

    /** A random order, the same for the same seed. */
    public static Permutation random(int dimension, long seed) {
        return new Permutation(new SplitMix(seed).permutation(dimension));
    }

    /** Where each entry of z comes from. */
    public int[] source() {
        return source.clone();
    }

    @Override
    public Shape inputShape() {
        return Shape.of(source.length);
    }

    @Override
    public Permutation inverted() {
        int[] target = new int[source.length];
        for (int i = 0; i < source.length; i++) {
            target[source[i]] = i;
        }
        return new Permutation(target);
    }

    @Override
    public Pass pass(int maxRows, Memory memory) {
        return new PermutationPass(source);
    }

    private record PermutationPass(int[] source) implements Pass {

        @Override
        public void forward(int rows, double[] x, double[] z, double[] logDet) {
            for (int row = 0, at = 0; row < rows; row++, at += source.length) {
                for (int i = 0; i < source.length; i++) {
                    z[at + i] = x[at + source[i]];
                }
            }
        }

        @Override
        public void inverse(int rows, double[] z, double[] x, double[] logDet) {
            for (int row = 0, at = 0; row < rows; row++, at += source.length) {
                for (int i = 0; i < source.length; i++) {
                    x[at + source[i]] = z[at + i];
                }
            }
        }

        @Override
        public void backward(int rows, double[] x, double[] dz, double[] dLogDet, double[] dx) {
            for (int row = 0, at = 0; row < rows; row++, at += source.length) {
                for (int i = 0; i < source.length; i++) {
                    dx[at + source[i]] = dz[at + i];
                }
            }
        }
    }
}
