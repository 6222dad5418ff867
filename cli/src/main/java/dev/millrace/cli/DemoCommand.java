package dev.millrace.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code millrace demo}. */
@Command(
        name = "demo",
        description = {
            "Shows the other commands at work, in less than a minute.",
            "",
            "The data are household power readings and handwritten digits. Each command is printed before it runs.",
            ""
        },
        footer = {"", "Examples:", "  millrace demo", "  millrace demo my-folder"})
final class DemoCommand implements Callable<Integer> {

    /** Where the launcher lives, and with it the examples. */
    private static final String HOME = "millrace.home";

    @Spec
    CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "FOLDER",
            description = "Where to write the models and tables (default: target/demo of Millrace's folder).")
    Path folder;

    @Option(
            names = "--examples",
            paramLabel = "DIR",
            description = "Folder with power.csv.gz and digits.csv.gz (default: examples of Millrace's folder).")
    Path examples;

    @Override
    public Integer call() throws IOException {
        Path data = examples == null ? home("--examples").resolve("examples") : examples;
        Path out = folder == null ? home("FOLDER").resolve("target").resolve("demo") : folder;
        if (!Files.isReadable(data.resolve("power.csv.gz"))) {
            throw CommandException.failure(data + ": there is no power.csv.gz here; say with --examples where it is");
        }
        Files.createDirectories(out);
        for (List<String> command : commands(data, out)) {
            int exitCode = run(command);
            if (exitCode != ExitCode.OK) {
                return exitCode;
            }
        }
        return ExitCode.OK;
    }

    private static Path home(String instead) {
        String home = System.getProperty(HOME);
        if (home == null) {
            throw CommandException.usage("Millrace's folder is not known without its launcher; give " + instead);
        }
        return Path.of(home);
    }

    private static List<List<String>> commands(Path examples, Path out) {
        String power = in(examples, "power.csv.gz");
        String powerModel = in(out, "power.safetensors");
        String digits = in(examples, "digits.csv.gz");
        String digitsModel = in(out, "digits.safetensors");
        return List.of(
                List.of("fit", power, "-o", powerModel, "--max-time", "18s"),
                List.of("evaluate", powerModel, power),
                List.of("score", powerModel, power, "--append", "-o", in(out, "power_scores.csv")),
                List.of("sample", powerModel, "-n", "5"),
                // Column 65 is the label.
                List.of("fit", digits, "-o", digitsModel, "--exclude", "x65", "--max-time", "12s"),
                List.of("sample", digitsModel, "-n", "1000", "-o", in(out, "digits_drawn.npy")));
    }

    private static String in(Path folder, String name) {
        return folder.resolve(name).toString();
    }

    private int run(List<String> command) {
        PrintWriter console = spec.commandLine().getOut();
        console.println();
        console.println("$ millrace " + String.join(" ", command));
        console.flush();
        return Millrace.execute(command.toArray(String[]::new));
    }
}
