package dev.millrace.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The program: {@code millrace} and its commands. */
@Command(
        name = "millrace",
        // For the commands as well.
        scope = ScopeType.INHERIT,
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        abbreviateSynopsis = true,
        usageHelpWidth = 100,
        description = {
            "Learns the probability distribution of tables of numbers and of images with normalizing flows, scores"
                    + " how likely rows and images are, and draws new ones.",
            ""
        },
        subcommands = {
            FitCommand.class,
            ScoreCommand.class,
            SampleCommand.class,
            EvaluateCommand.class,
            InterpolateCommand.class,
            ReconstructCommand.class,
            InspectCommand.class,
            ReportCommand.class,
            PlotCommand.class,
            DemoCommand.class
        },
        footer = {
            "",
            "Examples:",
            "  millrace fit data.csv -o model.safetensors",
            "  millrace score model.safetensors new.csv -o scores.csv",
            "  millrace sample model.safetensors -n 1000 -o drawn.csv",
            "  millrace fit two-moons --report moons.html",
            "  millrace demo",
            "",
            "Exit codes: 0 done, 1 failed, 2 wrong usage, 130 interrupted by Ctrl-C.",
            "'millrace COMMAND --help' tells more about a command."
        })
public final class Millrace {

    @Option(names = "--verbose", scope = ScopeType.INHERIT, description = "Show where an error comes from.")
    boolean verbose;

    Millrace() {}

    /** Runs a command and ends the JVM with its exit code. */
    public static void main(String[] args) {
        // Pictures are drawn without a screen, even where there is one.
        System.setProperty("java.awt.headless", "true");
        System.exit(execute(args));
    }

    /** Runs a command and gives its exit code. */
    static int execute(String... args) {
        StandardOutput output = new StandardOutput();
        return run(commandLine(Terminal.current(), output), output, args);
    }

    private static int run(CommandLine commandLine, StandardOutput output, String[] args) {
        try {
            int code = commandLine.execute(args);
            commandLine.getOut().flush();
            return code == ExitCode.OK
                    ? output.failure()
                            .map(failure -> tell(commandLine, failure))
                            .orElse(code)
                    : code;
        } catch (OutOfMemoryError | InternalError e) {
            // Errors that users meet and can do something about: no memory, and a mapped file that has been cut short.
            commandLine.getErr().println("error: " + Failure.describe(e));
            return ExitCode.FAILURE;
        }
    }

    /** A result that did not reach standard output is no success. */
    private static int tell(CommandLine commandLine, IOException failure) {
        if (!Failure.isSilent(failure)) {
            commandLine.getErr().println("error: standard output: " + Failure.describe(failure));
        }
        return Failure.exitCode(failure);
    }

    /** The whole command line, writing to standard output and standard error as UTF-8. */
    private static CommandLine commandLine(Terminal terminal, StandardOutput output) {
        Millrace top = new Millrace();
        return new CommandLine(top)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setColorScheme(Help.defaultColorScheme(terminal.colour() ? Ansi.ON : Ansi.OFF))
                .setOut(utf8(output))
                .setErr(utf8(new FileOutputStream(FileDescriptor.err)))
                .setExecutionExceptionHandler(new ErrorHandler(top))
                .setParameterExceptionHandler(new UsageErrorHandler());
    }

    private static PrintWriter utf8(OutputStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }
}
