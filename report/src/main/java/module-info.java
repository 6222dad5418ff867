/** Pictures of what a flow has learned: the HTML report, its live form, and single plots. */
@SuppressWarnings("requires-automatic") // XChart and Batik have no module descriptors.
module dev.millrace.report {
    requires transitive dev.millrace.core;
    requires transitive dev.millrace.data;
    requires java.desktop;
    requires jdk.httpserver;
    requires xchart;
    requires org.apache.xmlgraphics.batik.svggen;

    exports dev.millrace.report;
}
