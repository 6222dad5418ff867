package dev.millrace.kernel;

/**
 * Row lengths of float matrices. Every row is padded to a multiple of {@link #LANES}, so that kernels work on whole
 * vectors only and never need a mask; the multiple is fixed, so that layouts are the same on every machine.
 */
public final class Padding {

    /** Floats in the widest vector that kernels use (512 bits). */
    public static final int LANES = 16;

    private Padding() {}

    /**
     * The padded length of a row.
     *
     * @param width entries that a row really has, at least 0
     * @return the smallest multiple of {@link #LANES} that is at least {@code width}
     */
    public static int stride(int width) {
        return Math.addExact(width, LANES - 1) / LANES * LANES;
    }
}
