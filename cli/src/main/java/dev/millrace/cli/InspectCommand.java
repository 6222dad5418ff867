package dev.millrace.cli;

import dev.millrace.model.Model;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code millrace inspect}. */
@Command(
        name = "inspect",
        description = {
            "Tells what a model is made of and where it comes from.",
            "",
            "Layers and parameters, columns or images and their encoding, data and settings, and how the training went.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  millrace inspect model.safetensors",
            "  millrace inspect model.safetensors --json | jq .provenance.data"
        })
final class InspectCommand implements Callable<Integer> {

    @Spec
    CommandSpec spec;

    @Parameters(paramLabel = "MODEL", description = "A model file.")
    Path modelFile;

    @Option(
            names = "--json",
            description =
                    "Print everything as one JSON object: file, format, sha256, columns, parameters, layers, architecture,"
                            + " encoding, provenance and history.")
    boolean json;

    @Override
    public Integer call() throws IOException {
        Model model = Model.read(InputFile.requireNotFolder(modelFile));
        if (json) {
            JsonOutput.print(spec.commandLine().getOut(), new ModelTree(modelFile, model).toTree());
        } else {
            spec.commandLine().getOut().print(new ModelText(modelFile, model).toText());
            spec.commandLine().getOut().flush();
        }
        return ExitCode.OK;
    }
}
