package dev.millrace.transformer;

import java.util.Map;

/** Transformers by their formula, in double, with the functions of {@link StrictMath}. */
public final class ReferenceTransformer {

    private ReferenceTransformer() {}

    /**
     * One row's image.
     *
     * @param state values of the transformer's tensors by name
     * @param prefix what the names begin with in the state
     * @param parameters first parameter of all entries first
     */
    public static MappedRow map(
            Transformer transformer, Map<String, double[]> state, String prefix, double[] x, double[] parameters) {
        double[] z = x.clone();
        double logDet = 0;
        for (int j = 0; j < x.length; j++) {
            double shift = parameters[j];
            double logScale = 0;
            if (transformer instanceof Affine affine) {
                double raw = parameters[x.length + j];
                logScale = switch (affine.logScale()) {
                    case TANH -> state.get(prefix + "bound")[j] * StrictMath.tanh(raw);
                    case SIGMOID -> StrictMath.log(0.125 + 7.875 / (1 + 8 * StrictMath.exp(-raw)));
                };
            }
            z[j] = StrictMath.exp(logScale) * x[j] + shift;
            logDet += logScale;
        }
        return new MappedRow(z, logDet);
    }
}
