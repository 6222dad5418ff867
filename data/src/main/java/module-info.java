/** Tables in and out, the encoders between a raw table and a flow's matrix, and splits. Knows nothing of flows. */
module dev.millrace.data {
    requires de.siegmar.fastcsv;

    exports dev.millrace.data;
}
