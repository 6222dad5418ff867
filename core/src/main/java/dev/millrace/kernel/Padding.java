package dev.millrace.kernel;

/**
 * Row lengths of float matrices. Every row is padded to a multiple of {@link #LANES}, so that kernels work on whole
 * vectors only and never need a mask; lengths are fixed, so that layouts are the same on every machine.
 */
public final class Padding {

    /** Floats in the widest vector that kernels use (512 bits). */
    public static final int LANES = 16;

    /** A kilobyte: rows at a multiple of this distance meet in a few sets of the first-level cache and drive each other out. */
    private static final int CROWDED = 256;

    private Padding() {}

    /**
     * The padded length of a row.
     *
     * @param width entries that a row really has, at least 0
     * @return the smallest multiple of {@link #LANES} that is at least {@code width}
     */
    public static int padded(int width) {
        return Math.addExact(width, LANES - 1) / LANES * LANES;
    }

    /**
     * The distance of rows that many products read and write: what goes into networks, through them and out.
     *
     * @param width entries that a row really has, at least 0
     * @return the padded length, or {@link #LANES} more where that is a multiple of a kilobyte
     */
    public static int stride(int width) {
        int padded = padded(width);
        return padded > 0 && padded % CROWDED == 0 ? Math.addExact(padded, LANES) : padded;
    }
}
