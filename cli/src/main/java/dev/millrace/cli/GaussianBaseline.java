package dev.millrace.cli;

import dev.millrace.model.Fields;
import dev.millrace.model.ModelFormatException;
import dev.millrace.train.RowSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The normal distribution with the mean and the covariance of some rows: what any density model should do better than.
 *
 * <p>Where the covariance is singular (columns are sums of others, or there are fewer rows than columns), a ridge is
 * added: each variance grows by a millionth of itself, or by the smallest power of ten times that which helps. A column
 * that never changes counts as one of variance 1, since its scale says nothing.
 */
final class GaussianBaseline {

    /** A model of more columns would be a file of covariances. */
    private static final int MOST_COLUMNS = 512;

    private static final double SMALLEST_RIDGE = 1e-6;
    private static final double LOG_2_PI = Math.log(2 * Math.PI);

    private final double[] mean;
    private final double[][] covariance;
    private final Cholesky cholesky;
    private final double logNormaliser;

    private GaussianBaseline(double[] mean, double[][] covariance, Cholesky cholesky) {
        this.mean = mean;
        this.covariance = covariance;
        this.cholesky = cholesky;
        this.logNormaliser = -0.5 * (mean.length * LOG_2_PI + cholesky.logDeterminant());
    }

    /**
     * Fits it by maximum likelihood, to rows as validation sees them; empty if there are too many columns, or numbers so
     * large or so small that no double holds their squares.
     */
    static Optional<GaussianBaseline> fit(RowSource rows) {
        if (rows.dimension() > MOST_COLUMNS) {
            return Optional.empty();
        }
        double[] mean = mean(rows);
        double[][] covariance = covariance(rows, mean);
        if (!isRepresentable(rows, mean, covariance)) {
            return Optional.empty();
        }
        for (int i = 0; i < mean.length; i++) {
            covariance[i][i] = covariance[i][i] == 0 ? 1 : covariance[i][i];
        }
        double[] variances = new double[mean.length];
        Arrays.setAll(variances, i -> covariance[i][i]);
        Optional<Cholesky> cholesky = Cholesky.of(covariance);
        for (double ridge = SMALLEST_RIDGE; cholesky.isEmpty(); ridge *= 10) {
            for (int i = 0; i < mean.length; i++) {
                covariance[i][i] = variances[i] * (1 + ridge);
            }
            cholesky = Cholesky.of(covariance);
        }
        return Optional.of(new GaussianBaseline(mean, covariance, cholesky.get()));
    }

    private static boolean isRepresentable(RowSource rows, double[] mean, double[][] covariance) {
        int[] small = IntStream.range(0, mean.length)
                .filter(i -> covariance[i][i] < Double.MIN_NORMAL)
                .toArray();
        return Arrays.stream(covariance).flatMapToDouble(Arrays::stream).allMatch(Double::isFinite)
                && (small.length == 0 || areConstant(rows, mean, small));
    }

    private static boolean areConstant(RowSource rows, double[] mean, int[] columns) {
        double[] row = new double[mean.length];
        for (int r = 0; r < rows.rows(); r++) {
            rows.read(r, -1, row, 0);
            for (int i : columns) {
                if (row[i] != mean[i]) {
                    return false;
                }
            }
        }
        return true;
    }

    private static double[] mean(RowSource rows) {
        double[] mean = new double[rows.dimension()];
        double[] row = new double[mean.length];
        double[] first = new double[mean.length];
        rows.read(0, -1, first, 0);
        for (int r = 0; r < rows.rows(); r++) {
            rows.read(r, -1, row, 0);
            for (int i = 0; i < mean.length; i++) {
                // Around the first row, so that the mean of a constant column is exact.
                mean[i] += (row[i] - first[i]) / rows.rows();
            }
        }
        for (int i = 0; i < mean.length; i++) {
            mean[i] += first[i];
        }
        return mean;
    }

    private static double[][] covariance(RowSource rows, double[] mean) {
        int size = mean.length;
        double[][] covariance = new double[size][size];
        double[] row = new double[size];
        for (int r = 0; r < rows.rows(); r++) {
            rows.read(r, -1, row, 0);
            for (int i = 0; i < size; i++) {
                row[i] -= mean[i];
                for (int j = 0; j <= i; j++) {
                    covariance[i][j] += row[i] * row[j];
                }
            }
        }
        for (int i = 0; i < size; i++) {
            for (int j = 0; j <= i; j++) {
                covariance[i][j] /= rows.rows();
                covariance[j][i] = covariance[i][j];
            }
        }
        return covariance;
    }

    /** The log-densities of encoded rows, in nats. */
    double[] logProb(double[] rows, int count) {
        double[] logProb = new double[count];
        double[] difference = new double[mean.length];
        for (int r = 0; r < count; r++) {
            for (int i = 0; i < mean.length; i++) {
                difference[i] = rows[r * mean.length + i] - mean[i];
            }
            logProb[r] = logNormaliser - 0.5 * cholesky.inverseQuadratic(difference);
        }
        return logProb;
    }

    /** For the model's provenance. */
    Map<String, Object> toTree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("mean", list(mean));
        List<Object> matrix = new ArrayList<>();
        for (double[] line : covariance) {
            matrix.add(list(line));
        }
        tree.put("covariance", matrix);
        return tree;
    }

    private static List<Object> list(double[] values) {
        return Arrays.stream(values).mapToObj(value -> (Object) value).toList();
    }

    /** @throws ModelFormatException if the tree does not describe a normal distribution of this dimension */
    static GaussianBaseline read(Fields fields, int dimension) {
        double[] mean = fields.doubles("mean");
        List<Object> lines = fields.list("covariance");
        if (mean.length != dimension || lines.size() != dimension) {
            throw new ModelFormatException(fields.where() + ": expected a normal distribution of " + dimension
                    + " columns, found " + mean.length);
        }
        double[][] covariance = new double[dimension][];
        for (int i = 0; i < dimension; i++) {
            // A list without a key of its own; Fields reads lists by key.
            covariance[i] = Fields.of(Map.of("row", lines.get(i)), fields.where() + ".covariance")
                    .doubles("row");
            if (covariance[i].length != dimension) {
                throw new ModelFormatException(fields.where() + ": covariance row " + i + " has " + covariance[i].length
                        + " numbers, not " + dimension);
            }
        }
        Cholesky cholesky = Cholesky.of(covariance)
                .orElseThrow(() -> new ModelFormatException(fields.where() + ": the covariance is singular"));
        return new GaussianBaseline(mean, covariance, cholesky);
    }
}
