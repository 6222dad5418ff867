package dev.millrace.train;

/** Why training ended. */
public enum StopReason {
    /** All epochs are done. */
    EPOCHS,
    /** Validation stopped improving. */
    NO_IMPROVEMENT,
    /** The time budget is used up. */
    TIME_BUDGET,
    /** The listener asked for it. */
    REQUESTED,
    /** A NaN or an infinity turned up. */
    NON_FINITE
}
