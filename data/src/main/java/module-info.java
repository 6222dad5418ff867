/** Tables and images in and out, the encoders between a raw table and a flow's matrix, and splits. Knows nothing of flows. */
module dev.millrace.data {
    requires de.siegmar.fastcsv;
    requires java.desktop;

    exports dev.millrace.data;
}
