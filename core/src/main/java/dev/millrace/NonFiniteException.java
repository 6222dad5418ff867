package dev.millrace;

/** A NaN or an infinity turned up. The message says where (layer, row or step) and what to try. */
public final class NonFiniteException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** An exception with this message. */
    public NonFiniteException(String message) {
        super(message);
    }
}
