package dev.millrace.cli;

import dev.millrace.data.ReadResult;
import dev.millrace.data.Table;
import dev.millrace.data.TableReader;
import dev.millrace.model.Model;
import dev.millrace.report.Figure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code millrace plot}. */
@Command(
        name = "plot",
        description = {
            "Draws a single picture of a model, as PNG or SVG.",
            "",
            "density: the learned density of two columns, beside the true one of DATA, if that is built in. samples: rows of"
                    + " DATA beside drawn ones. history: log-likelihood by epoch. transport: points (of DATA, else drawn)"
                    + " and a grid on their way through the layers of a model of two columns.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  millrace plot density two-moons.millrace two-moons -o density.png",
            "  millrace plot samples model.safetensors data.csv --columns price,area -o samples.svg",
            "  millrace plot history model.safetensors -o history.png",
            "  millrace plot transport two-moons.millrace --frames 8 -o transport.png"
        })
final class PlotCommand implements Callable<Integer> {

    private static final int FRAMES = 8;

    /** On their way through the layers. */
    private static final int DRAWN_POINTS = 250;

    /** What a picture shows. */
    enum Kind {
        DENSITY,
        SAMPLES,
        HISTORY,
        TRANSPORT;

        /** @throws CommandException naming an option that makes no sense for this picture, if it is given */
        void refuse(String option, boolean given) {
            if (given) {
                throw CommandException.usage(option + " does not apply to plot " + name().toLowerCase(Locale.ROOT));
            }
        }
    }

    @Spec
    CommandSpec spec;

    @Parameters(index = "0", paramLabel = "KIND", description = "density, samples, history or transport.")
    Kind kind;

    @Parameters(index = "1", paramLabel = "MODEL", description = "A model file.")
    Path modelFile;

    @Parameters(
            index = "2",
            arity = "0..1",
            paramLabel = "DATA",
            description = "A file with the model's columns, - for standard input, or the name of built-in data.")
    Optional<String> data = Optional.empty();

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "PICTURE",
            description = "File to write: .png or .svg.")
    Path output;

    @Option(
            names = "--columns",
            split = ",",
            paramLabel = "NAME",
            description = "The two columns of samples to show (default: those that tell most about each other).")
    List<String> columns = List.of();

    @Option(
            names = "--frames",
            paramLabel = "N",
            description = "How many pictures of the transport, the data and the latent among them (default: 8).")
    Optional<Integer> frames = Optional.empty();

    @Option(names = "--seed", paramLabel = "N", description = "Decides what is drawn or chosen (default: 1).")
    long seed = 1;

    @Mixin
    SourceOptions source;

    @Override
    public Integer call() throws IOException {
        requireSensible();
        List<String> inputs = new ArrayList<>(List.of(modelFile.toString()));
        data.ifPresent(inputs::add);
        new OutputFile(output).requirePicture().requireNotAmong(inputs).requireWritable();
        Model model = Model.read(InputFile.requireNotFolder(modelFile));
        figure(model).write(output);
        spec.commandLine().getErr().println("Wrote " + output);
        return ExitCode.OK;
    }

    private void requireSensible() {
        if (kind != Kind.SAMPLES) {
            kind.refuse("--columns", !columns.isEmpty());
        }
        if (kind != Kind.TRANSPORT) {
            kind.refuse("--frames", frames.isPresent());
        }
        switch (kind) {
            case DENSITY -> requireTruth();
            case SAMPLES -> requireTwoColumns();
            case HISTORY -> kind.refuse("DATA", data.isPresent());
            case TRANSPORT -> requireFrames();
        }
    }

    private void requireTruth() {
        if (data.isPresent() && BuiltInData.of(data.get()).isEmpty()) {
            throw CommandException.usage("plot density shows the true density of built-in data, and that of "
                    + data.get() + " is not known; leave it out");
        }
    }

    private void requireTwoColumns() {
        if (data.isEmpty()) {
            throw CommandException.usage("plot samples needs DATA beside the model");
        }
        if (!columns.isEmpty() && columns.size() != 2) {
            throw CommandException.usage("--columns takes the two columns to show, not " + columns.size());
        }
    }

    private void requireFrames() {
        if (frames.orElse(FRAMES) < 2) {
            throw CommandException.usage("--frames must be at least 2, not " + frames.get());
        }
    }

    private Figure figure(Model model) throws IOException {
        return switch (kind) {
            case DENSITY -> density(TableModel.of(modelFile, model));
            case SAMPLES -> samples(TableModel.of(modelFile, model));
            case HISTORY -> Figure.history(model.history());
            case TRANSPORT -> transport(TableModel.of(modelFile, model));
        };
    }

    private Figure density(TableModel scoring) {
        return Figure.density(
                scoring.flow(),
                scoring.encoding().names(),
                data.flatMap(location -> ReportSubject.truth(location, scoring)),
                seed);
    }

    private Figure samples(TableModel scoring) throws IOException {
        return Figure.samples(scoring.flow(), scoring.encoding(), table(scoring, data.get()), columns, seed);
    }

    private Figure transport(TableModel scoring) throws IOException {
        int shown = frames.orElse(FRAMES);
        return data.isEmpty()
                ? Figure.transport(scoring.flow(), scoring.flow().sample(DRAWN_POINTS, seed), shown)
                : Figure.transport(scoring.flow(), scoring.encoding(), table(scoring, data.get()), shown, seed);
    }

    private Table table(TableModel scoring, String location) throws IOException {
        ReadResult result = new TableReader(
                        source.readOptions().withModelColumns(scoring.encoding().names()))
                .read(InputFile.source(location));
        result.onDisk().ifPresent(what -> spec.commandLine().getErr().println("The rows of DATA are " + what));
        return result.table();
    }
}
