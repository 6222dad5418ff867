package dev.millrace.bench;

import dev.millrace.Flow;
import dev.millrace.RealNvp;
import dev.millrace.kernel.SplitMix;
import dev.millrace.train.RowSource;

/**
 * A flow of a given size and random rows for it: couplings over odd and even entries in turn, two hidden layers of ReLU
 * each.
 *
 * @param dimension entries of a row
 * @param hidden width of the hidden layers
 * @param couplings how many
 * @param batch rows of a training step
 */
public record Workload(int dimension, int hidden, int couplings, int batch) {

    /** From text such as {@code 64,256,10,512}. */
    public static Workload of(String text) {
        String[] parts = text.split(",");
        return new Workload(
                Integer.parseInt(parts[0]),
                Integer.parseInt(parts[1]),
                Integer.parseInt(parts[2]),
                Integer.parseInt(parts[3]));
    }

    /** A RealNVP with new weights and nothing between the couplings. */
    public Flow flow() {
        return Flow.realNvp(dimension)
                .couplings(couplings)
                .hidden(hidden, hidden)
                .normalisation(RealNvp.Normalisation.NONE)
                .standardised(false)
                .build();
    }

    /** A neural spline flow with new weights, as tables are fitted with: a normalisation and a linear map before each coupling. */
    public Flow splineFlow() {
        return Flow.spline(dimension)
                .couplings(couplings)
                .hidden(hidden, hidden)
                .build();
    }

    /** Rows of standard size. */
    public static RowSource rows(int dimension, int count) {
        SplitMix random = new SplitMix(1);
        double[] values = new double[count * dimension];
        for (int i = 0; i < values.length; i++) {
            values[i] = 4 * random.nextDouble() - 2;
        }
        return RowSource.of(values, dimension);
    }

    /** Floating-point operations of the matrix products of one step of the RealNVP: forward, and twice as many backward. */
    public double operationsOfStep() {
        int untouched = dimension / 2;
        int transformed = dimension - untouched;
        double weights = (double) untouched * hidden + (double) hidden * hidden + 2.0 * hidden * transformed;
        return 3 * 2 * weights * couplings * batch;
    }
}
