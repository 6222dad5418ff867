package dev.millrace.transformer;

/**
 * How an affine transformer makes its log-scale s from a network's output r. Both are smooth, bounded, and 0 at r = 0:
 * an unbounded exp is the most frequent cause of NaN in flows.
 */
public enum LogScale {

    /**
     * s = c·tanh(r), with one learned c an entry that begins at 1: the official RealNVP code (Dinh et al., arXiv
     * 1605.08803, section 4.1).
     */
    TANH,

    /**
     * exp(s) = ⅛ + (8 − ⅛)·σ(r − ln 8), a factor between ⅛ and 8. Glow (Kingma and Dhariwal, arXiv 1807.03039) uses
     * σ(r + 2), which cannot expand.
     */
    SIGMOID
}
