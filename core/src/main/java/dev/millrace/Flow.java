package dev.millrace;

import dev.millrace.bijection.Bijection;
import dev.millrace.bijection.Composition;
import dev.millrace.bijection.Shape;
import dev.millrace.distribution.Distribution;
import dev.millrace.net.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A normalizing flow: an invertible map f from data x to latent z and a base distribution of z, so that
 * {@code log p(x) = log p_Z(f(x)) + log|det ∂f/∂x|} exactly, in nats.
 *
 * <pre>{@code
 * Flow flow = Flow.realNvp(2).couplings(6).hidden(64, 64).build();
 * Flow trained = new Trainer(TrainerSettings.defaults()).fit(flow, train, validation).flow();
 * double logProb = trained.logProb(new double[] {0.3, -1.2});
 * double[] drawn = trained.sample(1000, 42);
 * }</pre>
 *
 * <p>A flow does not change: training works on a copy and gives a new one. All methods are safe for many threads at once;
 * scoring takes no lock, and once as many threads have scored a row as do so at once, allocates nothing. Rows are stored one after the
 * other in flat arrays.
 */
public final class Flow {

    private final Composition bijection;
    private final Distribution base;
    private final ScoringPool pool;

    private Flow(Composition bijection, Distribution base) {
        this.bijection = bijection;
        this.base = base;
        this.pool = new ScoringPool(bijection, base);
    }

    /**
     * A flow of any bijection and base distribution.
     *
     * @throws IllegalArgumentException if their dimensions differ
     */
    public static Flow of(Bijection bijection, Distribution base) {
        if (bijection.dimension() != base.dimension()) {
            throw new IllegalArgumentException("the bijection has dimension " + bijection.dimension()
                    + ", but the base distribution " + base.dimension());
        }
        return new Flow(new Composition(layers(bijection)), base);
    }

    /** Compositions inside compositions are taken apart, so that training sees every layer. */
    private static List<Bijection> layers(Bijection bijection) {
        return bijection instanceof Composition composition
                ? composition.layers().stream()
                        .flatMap(layer -> layers(layer).stream())
                        .toList()
                : List.of(bijection);
    }

    /** A RealNVP for rows of {@code dimension} entries, to be adjusted and built. */
    public static RealNvp realNvp(int dimension) {
        return RealNvp.of(dimension);
    }

    /** The multi-scale RealNVP for images whose entries lie in [0, 1], to be adjusted and built. */
    public static ImageRealNvp realNvp(int height, int width, int channels) {
        return ImageRealNvp.of(height, width, channels);
    }

    /** A neural spline flow for rows of {@code dimension} entries, to be adjusted and built. */
    public static NeuralSpline spline(int dimension) {
        return NeuralSpline.of(dimension);
    }

    /** A NICE for rows of {@code dimension} entries, to be adjusted and built. */
    public static Nice nice(int dimension) {
        return Nice.of(dimension);
    }

    /** The NICE of the paper for images whose entries lie in [0, 1], to be adjusted and built. */
    public static Nice nice(int height, int width, int channels) {
        return Nice.ofImages(Shape.of(height, width, channels));
    }

    /** Entries of a row. */
    public int dimension() {
        return base.dimension();
    }

    /** The layers, the first to be applied to data first. */
    public List<Bijection> layers() {
        return bijection.layers();
    }

    /** The base distribution. */
    public Distribution base() {
        return base;
    }

    /** Parameters and buffers by name: exactly what is saved. The arrays are live and must not be changed. */
    public Map<String, Tensor> state() {
        Map<String, Tensor> state = new LinkedHashMap<>();
        bijection.state().forEach((name, tensor) -> state.put("layers." + name, tensor));
        base.state().forEach((name, tensor) -> state.put("base." + name, tensor));
        return state;
    }

    /** Trainable numbers. */
    public long parameterCount() {
        return state().values().stream()
                .filter(Tensor::trainable)
                .mapToLong(Tensor::size)
                .sum();
    }

    /**
     * Recomputes what layers derive from their parameters. Must follow every change of the {@linkplain #state() live
     * state}, and must not run while the flow is in use.
     */
    public void parametersChanged() {
        bijection.parametersChanged();
        base.parametersChanged();
    }

    /** A flow with equal state that shares nothing with this one. */
    public Flow copy() {
        return new Flow(bijection.copy(), base.copy());
    }

    /**
     * The log-density of one row, in nats.
     *
     * @throws NonFiniteException if the row or a layer's result is not finite
     */
    public double logProb(double[] row) {
        requireRow(row);
        Scoring scoring = pool.take();
        try {
            return scoring.logProb(row);
        } finally {
            pool.giveBack(scoring);
        }
    }

    /**
     * The log-density of many rows, in nats.
     *
     * @param rows one row after the other
     * @param count how many
     * @param logProb receives the log-densities
     * @throws NonFiniteException if a row or a layer's result is not finite
     */
    public void logProb(double[] rows, int count, double[] logProb) {
        requireRows(rows, count);
        if (logProb.length < count) {
            throw new IllegalArgumentException(count + " log-densities do not fit into " + logProb.length + " numbers");
        }
        Scoring scoring = pool.take();
        try {
            scoring.logProb(rows, count, logProb);
        } finally {
            pool.giveBack(scoring);
        }
    }

    /**
     * z = f(x), for {@code count} rows.
     *
     * @throws NonFiniteException if a row or its z is not finite
     */
    public double[] forward(double[] x, int count) {
        requireRows(x, count);
        return with(scoring -> scoring.forward(x, count));
    }

    /**
     * x = f⁻¹(z), for {@code count} rows.
     *
     * @throws NonFiniteException if a z or its row is not finite
     */
    public double[] inverse(double[] z, int count) {
        requireRows(z, count);
        return with(scoring -> scoring.inverse(z, count));
    }

    /**
     * Each layer's log-det for one row, in nats: where the flow stretches and where it squeezes.
     *
     * @throws NonFiniteException if the row is not finite; what overflows on the way is given as it is
     */
    public double[] layerLogDets(double[] row) {
        requireRow(row);
        return with(scoring -> scoring.layerLogDets(row));
    }

    /**
     * The gradient of log p with respect to one row: in which direction it becomes more likely, and how fast.
     *
     * @throws NonFiniteException if the row or a layer's result is not finite
     */
    public double[] gradient(double[] row) {
        requireRow(row);
        return with(scoring -> scoring.gradient(row, 1));
    }

    /**
     * The gradient of log p with respect to each of {@code count} rows.
     *
     * @return one after the other
     * @throws NonFiniteException if a row or a layer's result is not finite
     */
    public double[] gradient(double[] rows, int count) {
        requireRows(rows, count);
        return with(scoring -> scoring.gradient(rows, count));
    }

    /** Draws rows; the same seed gives the same rows. */
    public double[] sample(int count, long seed) {
        return sample(count, seed, 1);
    }

    /**
     * Draws rows. Row i depends on the seed and i only.
     *
     * @param temperature multiplies the spread of z: below 1, rows are more typical and less varied; at least 0
     */
    public double[] sample(int count, long seed, double temperature) {
        return sampleWithLogProb(0, count, seed, temperature).rows();
    }

    /**
     * Draws rows together with their log-densities under this flow (at temperature 1).
     *
     * @param first number of the first row, so that a large sample can be drawn in parts
     * @throws NonFiniteException if a layer's result is not finite
     */
    public Sample sampleWithLogProb(long first, int count, long seed, double temperature) {
        if (!(temperature >= 0 && temperature < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("the temperature must be at least 0, not " + temperature);
        }
        if (count < 0 || first < 0) {
            throw new IllegalArgumentException("cannot draw " + count + " rows from number " + first);
        }
        return with(scoring -> scoring.sample(first, count, seed, temperature));
    }

    /**
     * Drawn rows.
     *
     * @param rows one after the other
     * @param logProb their log-densities, in nats
     */
    public record Sample(double[] rows, double[] logProb) {}

    private <T> T with(Function<Scoring, T> use) {
        Scoring scoring = pool.take();
        try {
            return use.apply(scoring);
        } finally {
            pool.giveBack(scoring);
        }
    }

    private void requireRow(double[] row) {
        if (row.length != dimension()) {
            throw new IllegalArgumentException("a row has " + dimension() + " entries, not " + row.length);
        }
    }

    private void requireRows(double[] rows, int count) {
        if (count < 0 || rows.length < (long) count * dimension()) {
            throw new IllegalArgumentException(
                    count + " rows of " + dimension() + " entries do not fit into " + rows.length + " numbers");
        }
    }
}
