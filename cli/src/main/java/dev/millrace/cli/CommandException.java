package dev.millrace.cli;

/** A command cannot go on; the message is meant for its user as it is. */
final class CommandException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private CommandException(int exitCode, String message, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /** The command was typed wrongly. */
    static CommandException usage(String message) {
        return new CommandException(ExitCode.USAGE, message, null);
    }

    /** The command was typed rightly, but something is in its way. */
    static CommandException failure(String message) {
        return new CommandException(ExitCode.FAILURE, message, null);
    }

    /** As {@link #failure(String)}, noticed by something below. */
    static CommandException failure(String message, Throwable cause) {
        return new CommandException(ExitCode.FAILURE, message, cause);
    }

    /** Ctrl-C has ended the command. */
    static CommandException interrupted() {
        return new CommandException(ExitCode.INTERRUPTED, "interrupted", null);
    }

    int exitCode() {
        return exitCode;
    }
}
