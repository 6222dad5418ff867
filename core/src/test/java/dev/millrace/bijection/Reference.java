package dev.millrace.bijection;

import dev.millrace.net.ReferenceNetwork;
import dev.millrace.transformer.MappedRow;
import dev.millrace.transformer.ReferenceTransformer;
import java.util.List;
import java.util.Map;

/** A bijection's forward map and log-det by its formula: one row at a time, in double, with {@link StrictMath}. */
interface Reference {

    /**
     * One row's image.
     *
     * @param state values of the bijection's tensors by name
     * @param prefix what the names begin with in the state
     */
    MappedRow map(Map<String, double[]> state, String prefix, double[] x);

    static Reference coupling(Coupling coupling) {
        int[] a = coupling.partition().untouched();
        int[] b = coupling.partition().transformed();
        return (state, prefix, x) -> {
            double[] parameters =
                    ReferenceNetwork.output(coupling.conditioner(), state, prefix + "conditioner.", selected(x, a));
            MappedRow mapped = ReferenceTransformer.map(
                    coupling.transformer(), state, prefix + "transformer.", selected(x, b), parameters);
            double[] z = x.clone();
            for (int j = 0; j < b.length; j++) {
                z[b[j]] = mapped.z()[j];
            }
            return new MappedRow(z, mapped.logDet());
        };
    }

    private static double[] selected(double[] x, int[] indices) {
        double[] part = new double[indices.length];
        for (int j = 0; j < part.length; j++) {
            part[j] = x[indices[j]];
        }
        return part;
    }

    static Reference permutation(int... source) {
        return (state, prefix, x) -> new MappedRow(selected(x, source), 0);
    }

    /** z = exp(logScale)·x. */
    static Reference scaling() {
        return (state, prefix, x) -> diagonal(new double[x.length], state.get(prefix + "logScale"), x);
    }

    /** z = exp(logScale)·(x − centre), where the two have these names. */
    static Reference diagonal(String centre, String logScale) {
        return (state, prefix, x) -> diagonal(state.get(prefix + centre), state.get(prefix + logScale), x);
    }

    private static MappedRow diagonal(double[] centre, double[] logScale, double[] x) {
        double[] z = new double[x.length];
        double logDet = 0;
        for (int j = 0; j < x.length; j++) {
            z[j] = StrictMath.exp(logScale[j]) * (x[j] - centre[j]);
            logDet += logScale[j];
        }
        return new MappedRow(z, logDet);
    }

    /** Each channel's z = exp(logScale)·(x − centre). */
    static Reference actNorm(Channels channels) {
        int[] entries = channels.entries();
        return (state, prefix, x) -> {
            double[] z = x.clone();
            double logDet = 0;
            for (int i = 0; i < entries.length; i++) {
                double logScale = state.get(prefix + "logScale")[i % channels.count()];
                z[entries[i]] =
                        StrictMath.exp(logScale) * (x[entries[i]] - state.get(prefix + "centre")[i % channels.count()]);
                logDet += logScale;
            }
            return new MappedRow(z, logDet);
        };
    }

    /** In evaluation. */
    static Reference batchNorm(Channels channels) {
        int[] entries = channels.entries();
        return (state, prefix, x) -> {
            double[] z = x.clone();
            double logDet = 0;
            for (int i = 0; i < entries.length; i++) {
                int j = i % channels.count();
                double variance = state.get(prefix + "runningVariance")[j] + 1e-5;
                double gain = StrictMath.exp(state.get(prefix + "logScale")[j]) / StrictMath.sqrt(variance);
                double centred = x[entries[i]] - state.get(prefix + "runningMean")[j];
                z[entries[i]] = centred * gain + state.get(prefix + "shift")[j];
                logDet += StrictMath.log(gain);
            }
            return new MappedRow(z, logDet);
        };
    }

    /** z = L·U·P·x. */
    static Reference luLinear(int... permutation) {
        return (state, prefix, x) -> {
            double[] f = state.get(prefix + "factors");
            int n = x.length;
            double[] px = selected(x, permutation);
            double[] upx = new double[n];
            double[] z = new double[n];
            double logDet = 0;
            for (int i = 0; i < n; i++) {
                upx[i] = StrictMath.exp(f[i * n + i]) * px[i];
                logDet += f[i * n + i];
                for (int j = i + 1; j < n; j++) {
                    upx[i] += f[i * n + j] * px[j];
                }
            }
            for (int i = 0; i < n; i++) {
                z[i] = upx[i];
                for (int j = 0; j < i; j++) {
                    z[i] += f[i * n + j] * upx[j];
                }
            }
            return new MappedRow(z, logDet);
        };
    }

    /** z = logit(α + width·x). */
    static Reference logit(double alpha, double width) {
        return (state, prefix, x) -> {
            double[] z = new double[x.length];
            double logDet = 0;
            for (int j = 0; j < x.length; j++) {
                double u = alpha + width * x[j];
                z[j] = StrictMath.log(u / (1 - u));
                logDet += StrictMath.log(width / (u * (1 - u)));
            }
            return new MappedRow(z, logDet);
        };
    }

    static Reference sigmoid() {
        return (state, prefix, x) -> {
            double[] z = new double[x.length];
            double logDet = 0;
            for (int j = 0; j < x.length; j++) {
                z[j] = 1 / (1 + StrictMath.exp(-x[j]));
                logDet += StrictMath.log(z[j] * (1 - z[j]));
            }
            return new MappedRow(z, logDet);
        };
    }

    static Reference composition(List<Reference> layers) {
        return (state, prefix, x) -> {
            MappedRow row = new MappedRow(x, 0);
            for (int i = 0; i < layers.size(); i++) {
                MappedRow next = layers.get(i).map(state, prefix + i + ".", row.z());
                row = new MappedRow(next.z(), row.logDet() + next.logDet());
            }
            return row;
        };
    }
}
