package dev.millrace.report;

/** A density that the flow's is compared with. Must be safe for many threads. */
@FunctionalInterface
public interface RowDensity {

    /**
     * The log-density of rows as the flow sees them (see {@link dev.millrace.data.TableEncoding}).
     *
     * @param rows one row after the other
     * @param count how many
     * @return one number a row, in nats; may be −∞
     */
    double[] logProb(double[] rows, int count);
}
