package dev.millrace.transformer;

import dev.millrace.kernel.Memory;
import dev.millrace.net.Tensor;
import java.util.List;
import java.util.Map;

/**
 * A monotonic rational-quadratic spline (Gregory and Delbourgo 1982; Durkan et al., Neural Spline Flows, arXiv
 * 1906.04032, section 3.1): on [−B, B] a quotient of quadratics in each of K bins, with a continuous and positive
 * derivative; outside, the identity.
 *
 * <p>The network's row holds the K raw widths of all entries (first width of all entries first), then the K raw heights,
 * then K − 1 raw derivatives at the inner knots. Widths and heights are shares of 2B by softmax, derivatives come from
 * softplus; each has a lower limit of {@value #MIN_SHARE}, as in the authors' code, so that no bin vanishes and the
 * map stays invertible in practice. The softplus is shifted so that a raw derivative of 0 means 1, which makes the
 * spline the identity where all parameters are 0; so do the two derivatives at ±B always, which makes it smooth there.
 *
 * @param entries entries of a row, at least 1
 * @param bins K, from 2 to {@value #MAX_BINS}
 * @param tailBound B, above 0 and at most 1e6
 */
public record RationalQuadratic(int entries, int bins, double tailBound) implements Transformer {

    /** Of a bin's width and height as shares of the whole, and of the derivative at a knot. */
    static final double MIN_SHARE = 1e-3;

    private static final int MAX_BINS = 256;
    private static final double MAX_TAIL_BOUND = 1e6;

    /** @throws IllegalArgumentException if a number is out of its range */
    public RationalQuadratic {
        if (entries < 1) {
            throw new IllegalArgumentException("a transformer needs at least 1 entry, not " + entries);
        }
        requireValid(bins, tailBound);
    }

    /**
     * Checks what a spline can be made of.
     *
     * @throws IllegalArgumentException if a number is out of its range
     */
    public static void requireValid(int bins, double tailBound) {
        if (bins < 2 || bins > MAX_BINS) {
            throw new IllegalArgumentException("a spline needs 2 to " + MAX_BINS + " bins, not " + bins);
        }
        if (!(tailBound > 0 && tailBound <= MAX_TAIL_BOUND)) {
            throw new IllegalArgumentException(
                    "a spline's tail bound must be above 0 and at most 1e6, not " + tailBound);
        }
    }

    @Override
    public int parametersPerEntry() {
        return 3 * bins - 1;
    }

    @Override
    public Map<String, Tensor> state() {
        return Map.of();
    }

    @Override
    public RationalQuadratic copy() {
        return this;
    }

    @Override
    public List<Runnable> gradientTasks(List<? extends Transformer.Pass> blocks) {
        return List.of();
    }

    @Override
    public Transformer.Pass pass(int maxRows, Memory memory) {
        return new RationalQuadraticPass(this, maxRows, memory);
    }
}
