package dev.millrace.model;

/**
 * A model file, or a part of one, is not what it must be. The message says where, what was expected and what was found;
 * it is fit to be shown to a user. A failure of the disk or the network is an {@link java.io.IOException} instead.
 */
public final class ModelFormatException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * An error found here.
     *
     * @param message where it is, what was expected and what was found
     */
    public ModelFormatException(String message) {
        super(message);
    }

    /**
     * An error found by another part, to which the message adds where.
     *
     * @param message where it is, what was expected and what was found
     * @param cause the error as it was found
     */
    public ModelFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
