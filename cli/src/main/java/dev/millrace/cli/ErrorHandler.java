package dev.millrace.cli;

import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Tells what went wrong in a line; where it comes from only with {@code --verbose}. */
final class ErrorHandler implements IExecutionExceptionHandler {

    private final Millrace top;

    ErrorHandler(Millrace top) {
        this.top = top;
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        if (!Failure.isSilent(failure)) {
            command.getErr().println(command.getColorScheme().errorText("error: " + Failure.describe(failure)));
        }
        if (top.verbose) {
            failure.printStackTrace(command.getErr());
        }
        command.getErr().flush();
        return Failure.exitCode(failure);
    }
}
