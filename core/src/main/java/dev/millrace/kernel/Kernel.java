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
     * @param n columns of C. Rows of B, of the start and of C have room for {@link Padding#padded} of {@code n}; C may be
     *     written up to there, and holds then what B and the start hold there, multiplied and added likewise
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

    /**
     * {@code c = start + a·B} for one row, over some of its entries: the rows of B that the others multiply are not read.
     *
     * @param n columns of B; widths are as in {@link #multiply}
     * @param a one row
     * @param entries numbers of its entries, in ascending order
     * @param count how many of these numbers
     * @param b rows of {@code bStride} entries, from the start of the array
     * @param start one row; may be {@code c}
     */
    void multiplyRow(int n, float[] a, int[] entries, int count, float[] b, int bStride, float[] start, float[] c);

    /**
     * The same product with a matrix in panels ({@link #pack}).
     *
     * @param a rows of {@code aRow} entries from {@code aAt} on
     * @param panels what {@link #pack} made of a matrix of {@code k} rows and {@code n} columns
     */
    void multiplyPanels(
            int m,
            int n,
            int k,
            float[] a,
            int aAt,
            int aRow,
            float[] panels,
            float[] start,
            int startAt,
            int startStride,
            float[] c,
            int cAt,
            int cStride);

    /**
     * Lays a row-major matrix out in panels, in the order in which {@link #multiplyPanels} reads it: the panel that begins with
     * column j begins at entry {@code j * rows}, and holds its columns row by row.
     *
     * @param b row i is at {@code bAt + i * bStride}
     * @param panels has room for {@code rows} times the sum of the panels' widths; columns that a panel has beyond those of the
     *     matrix become zero
     */
    void pack(int rows, int columns, float[] b, int bAt, int bStride, float[] panels);

    /**
     * The width of the next panel that this kernel multiplies with.
     *
     * @param columns that are left, at least 1
     * @return at least 1; may be more than there are
     */
    int panel(int columns);

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

    /**
     * {@code Y = start + X ∗ W} over images with their borders ({@link Grid}): the entry of output channel o at a pixel is
     * one chain of fused multiply-adds that begins with its start and goes over the pixels around it, row after row, and
     * in each over the input channels. The border of X must be zero; that of Y is left as it is.
     *
     * @param weights {@code [side][side][inputs][outputs]} of the shape
     * @param start with a stride of 0, one row of {@code outputs} entries for all pixels (a bias); with a stride of
     *     {@code outputs}, images in the layout of Y. Not {@code y} itself
     */
    void convolve(
            ConvolutionShape shape, int images, float[] x, float[] weights, float[] start, int startStride, float[] y);

    /**
     * Adds the gradient of a convolution's weights: every entry goes on as one chain of fused multiply-adds over the
     * pixels of {@code dy}, image after image and row after row, so that a batch may come in several parts.
     *
     * @param x images that were convolved; their border is zero
     * @param dy gradient of the loss with respect to the convolution's result; its border is not read
     * @param from first output channel, a multiple of {@link Padding#LANES}
     * @param to after the last output channel, likewise
     * @param gradient in the layout of the weights
     */
    void convolutionGradient(
            ConvolutionShape shape, int images, float[] x, float[] dy, int from, int to, float[] gradient);

    /**
     * {@code y = max(x·scale + shift, 0)} with a scale and a shift for each channel, for pixels one after the other from
     * entry {@code at} of both arrays.
     *
     * @param channels padded
     */
    void scaleShiftRelu(int pixels, int channels, float[] x, int at, float[] scale, float[] shift, float[] y);

    /**
     * The derivative of {@link #scaleShiftRelu}, and what its channels' statistics need. With
     * {@code dz = x·scale + shift > 0 ? dy : 0}, sets {@code dx = dz·scale}; {@code dx} may be {@code dy}.
     *
     * @param mean for each channel
     * @param sums receives four rows of {@code channels} entries, sums in the order of the pixels: of x − mean, of its
     *     square, of dz, and of dz·(x − mean)
     */
    void scaleShiftReluBackward(
            int pixels,
            int channels,
            float[] x,
            int at,
            float[] mean,
            float[] scale,
            float[] shift,
            float[] dy,
            float[] dx,
            float[] sums);

    /** {@code y = max(y, 0)} in place for the first {@code n} entries. */
    void relu(float[] y, int n);

    /** {@code dy = y > 0 ? dy : 0} in place in {@code dy}: the derivative of {@link #relu}, from its output. */
    void reluBackward(float[] y, float[] dy, int n);

    /**
     * Adds squares to {@link Padding#LANES} sums: that of {@code a[i]} to sum {@code (i − from) % LANES}, each of which
     * is one chain of fused multiply-adds.
     *
     * @param from first entry
     * @param to after the last entry; {@code to − from} is padded
     */
    void addSquares(float[] a, int from, int to, float[] sums);

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

    /**
     * The softmax, {@code y = exp(y) / Σ exp(y)}, in place, without overflow: the largest argument is subtracted first.
     *
     * @param groups softmaxes of an entry
     * @param n entries
     * @param count arguments of a softmax, at least 1: argument m of an entry's softmax g is
     *     {@code y[(g * count + m) * n + entry]}
     */
    void softmax(int groups, int n, int count, double[] y);

    /**
     * The derivative of a {@linkplain #softmax softmax} that the loss depends on by the sum of its first results, and by the one
     * after them: {@code dx = y·(dy − Σ y·dy)}, where dy is {@code before} for the results before number {@code step},
     * {@code on} for that one, and 0 for those after it.
     *
     * @param n entries, each with a softmax
     * @param count results of a softmax
     * @param y result m of an entry is {@code y[at + m * n + entry]}; so is {@code dx}
     * @param step a whole number for each entry, below 0 where the loss does not depend on its softmax
     */
    void softmaxBackward(
            int n, int count, double[] y, int at, double[] step, double[] before, double[] on, double[] dx);

    /** A short name for messages and reports, such as {@code "vector 512 bits"}. */
    String name();
}
