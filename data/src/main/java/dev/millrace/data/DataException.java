package dev.millrace.data;

/**
 * The data is not what it should be: the message names the file, the line or row, the column, what was found there and
 * what to do about it. It is meant to be shown to the user as it is.
 */
public final class DataException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * A complaint about data.
     *
     * @param message complete and readable on its own
     */
    public DataException(String message) {
        super(message);
    }

    /**
     * A complaint about data that was noticed by something below.
     *
     * @param message complete and readable on its own
     * @param cause what noticed it
     */
    public DataException(String message, Throwable cause) {
        super(message, cause);
    }
}
