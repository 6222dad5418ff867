/** Normalizing flows: density models with exact likelihood. */
module dev.millrace.core {
    requires static jdk.incubator.vector;

    exports dev.millrace;
    exports dev.millrace.bijection;
    exports dev.millrace.distribution;
    exports dev.millrace.kernel;
    exports dev.millrace.model;
    exports dev.millrace.net;
    exports dev.millrace.train;
    exports dev.millrace.transformer;
}
