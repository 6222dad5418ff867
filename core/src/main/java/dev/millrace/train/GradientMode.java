package dev.millrace.train;

/** Where the backward pass takes activations from. Both give the same gradient up to rounding. */
public enum GradientMode {

    /** Kept by the forward pass: fastest, memory grows with the number of layers. */
    KEEP,

    /** Recomputed from z by the inverse, layer by layer: memory does not grow with the number of layers. */
    RECOMPUTE
}
