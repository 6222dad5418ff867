package dev.millrace.cli;

import dev.millrace.NonFiniteException;
import dev.millrace.data.DataException;
import dev.millrace.model.ModelFormatException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Words for what went wrong, and the exit code for it. */
final class Failure {

    private Failure() {}

    /** What to tell the user. */
    static String describe(Throwable failure) {
        if (failure instanceof NoSuchFileException e) {
            return e.getFile() + ": there is no such file";
        }
        if (failure instanceof AccessDeniedException e) {
            return e.getFile() + ": access is denied";
        }
        if (failure instanceof FileSystemException e && e.getReason() != null) {
            return e.getFile() + ": " + e.getReason();
        }
        if (failure instanceof OutOfMemoryError) {
            return "out of memory; give Java more, for example with MILLRACE_JAVA_OPTS=-Xmx8g";
        }
        if (isLostPage(failure)) {
            return "a file of data cannot be read any more; it must stay as it is while its rows are in use, on a disk that"
                    + " stays";
        }
        if (isExpected(failure) && failure.getMessage() != null) {
            return failure.getMessage();
        }
        return "unexpected " + failure + "; run again with --verbose to see where it comes from";
    }

    /** What the JVM throws, in any thread and somewhat later, where a mapped file has been cut short or its disk fails. */
    private static boolean isLostPage(Throwable failure) {
        return failure instanceof InternalError
                        && String.valueOf(failure.getMessage()).contains("unsafe memory access")
                || failure.getCause() != null && isLostPage(failure.getCause());
    }

    private static boolean isExpected(Throwable failure) {
        return failure instanceof CommandException
                || failure instanceof DataException
                || failure instanceof ModelFormatException
                || failure instanceof NonFiniteException
                || failure instanceof IllegalArgumentException
                || failure instanceof IOException;
    }

    static int exitCode(Throwable failure) {
        if (failure instanceof CommandException e) {
            return e.exitCode();
        }
        return isBrokenPipe(failure) ? ExitCode.BROKEN_PIPE : ExitCode.FAILURE;
    }

    /** Whether there is nobody to tell: the reader of a pipe has gone, or Ctrl-C was the reason. */
    static boolean isSilent(Throwable failure) {
        int exitCode = exitCode(failure);
        return exitCode == ExitCode.BROKEN_PIPE || exitCode == ExitCode.INTERRUPTED;
    }

    private static boolean isBrokenPipe(Throwable failure) {
        return failure instanceof IOException
                && String.valueOf(failure.getMessage()).contains("Broken pipe");
    }
}
