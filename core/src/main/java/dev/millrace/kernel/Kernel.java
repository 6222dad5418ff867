package dev.millrace.kernel;

/**
 * Arithmetic on flat arrays, in one of two forms with equal results (see the package description).
 *
 * <p>Matrices are row-major. A stride is the distance between the starts of two rows, in entries. Widths that are
 * documented as padded are multiples of {@link Padding#LANES}. Arrays that are written must not be arrays that are read,
 * except where a method says that it works in place. Implementations have no state and are safe for many threads;
 * nothing is allocated. Lengths of zero are allowed everywhere and do nothing.
 */
public interface Kernel {

    /**
     * {@code C = start + A·B}, where every entry of C is one chain of fused multiply-adds over k = 0, 1, … that begins
     * with its start. A row of C therefore depends on the same row of A only, whatever the other rows hold.
     *
     * @param m rows of C
     * @param n columns of C, padded
     * @param k columns of A and rows of B
     * @param a entry (i, p) of A is {@code a[aAt + i * aRow + p * aColumn]}, which also allows Aᵀ
     * @param b rows of {@code bStride} entries, from the start of the array
     * @param start row i of the start is at {@code startAt + i * startStride}; a stride of 0 repeats one row (a bias).
     *     The array may be {@code c} itself at the same place: then the product is added to what is there
     * @param c row i of the result is at {@code cAt + i * cStride}
     */
    void multiply(
            int m,
            int n,
            int k,
            float[] a,
            int aAt,
            int aRow,
            int aColumn,
            float[] b,
            int bStride,
            float[] start,
            int startAt,
            int startStride,
            float[] c,
            int cAt,
            int cStride);

    /** The same product in double; {@code n} is any number. Used where flow variables are mixed linearly. */
    void multiply(
            int m,
            int n,
            int k,
            double[] a,
            int aAt,
            int aRow,
            int aColumn,
            double[] b,
            int bStride,
            double[] start,
            int startAt,
            int startStride,
            double[] c,
            int cAt,
            int cStride);

    /** {@code y = max(y, 0)} in place for the first {@code n} entries. */
    void relu(float[] y, int n);

    /** {@code dy = y > 0 ? dy : 0} in place in {@code dy}: the derivative of {@link #relu}, from its output. */
    void reluBackward(float[] y, float[] dy, int n);

    /** {@code y = tanh(y)} in place. */
    void tanh(float[] y, int n);

    /** {@code y = σ(y) = 1 / (1 + exp(−y))} in place. */
    void sigmoid(float[] y, int n);

    /** {@code y = exp(y)} in place; the argument is first limited to [−87, 88]. */
    void exp(float[] y, int n);

    /** {@code y = exp(y)} in place; the argument is first limited to [−708, 709], so that the result is normal. */
    void exp(double[] y, int n);

    /** {@code y = ln(y)} in place: −∞ at 0, NaN below. Subnormal arguments count as 0. */
    void log(double[] y, int n);

    /** {@code y = tanh(y)} in place. */
    void tanh(double[] y, int n);

    /** {@code y = σ(y) = 1 / (1 + exp(−y))} in place. */
    void sigmoid(double[] y, int n);

    /** {@code y = ln(1 + exp(y))} in place. */
    void softplus(double[] y, int n);

    /** A short name for messages and reports, such as {@code "vector 512 bits"}. */
    String name();
}
