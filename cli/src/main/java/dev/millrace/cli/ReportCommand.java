package dev.millrace.cli;

import dev.millrace.data.Fingerprint;
import dev.millrace.data.ImageSet;
import dev.millrace.data.ReadOptions;
import dev.millrace.data.ReadResult;
import dev.millrace.data.TableReader;
import dev.millrace.model.Fields;
import dev.millrace.model.Model;
import dev.millrace.report.Report;
import dev.millrace.report.Reproduction;
import dev.millrace.report.RowSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code millrace report}. */
@Command(
        name = "report",
        description = {
            "Shows what a model has learned, in one HTML file that needs no network.",
            "",
            "Given the data that the model was fitted to, the report tells training rows from those held out; given"
                    + " other rows, it judges the model by them.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  millrace report model.safetensors data.csv -o report.html",
            "  millrace report two-moons.millrace two-moons -o report.html"
        })
final class ReportCommand implements Callable<Integer> {

    @Spec
    CommandSpec spec;

    @Parameters(index = "0", paramLabel = "MODEL", description = "A model file.")
    Path modelFile;

    @Parameters(
            index = "1",
            paramLabel = "DATA",
            description =
                    "A file with the model's columns, - for standard input, or the name of built-in data; or images of"
                            + " the model's size.")
    String data;

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "HTML",
            description = "File to write.")
    Path output;

    @Mixin
    SourceOptions source;

    @Override
    public Integer call() throws IOException {
        new OutputFile(output)
                .requireNotAmong(List.of(modelFile.toString(), data))
                .requireWritable();
        Model model = Model.read(InputFile.requireNotFolder(modelFile));
        List<RowSet> sets = sets(model);
        Report.of(new ReportSubject(List.of(data), model, sets, reproduction(model, sets)).input())
                .write(output);
        spec.commandLine().getErr().println("Wrote " + output);
        return ExitCode.OK;
    }

    private List<RowSet> sets(Model model) throws IOException {
        ScoringModel scoring = ScoringModel.of(modelFile, model);
        return scoring instanceof ImageModel images ? sets(model, images) : sets(model, (TableModel) scoring);
    }

    private List<RowSet> sets(Model model, TableModel scoring) throws IOException {
        ReadOptions reading =
                source.readOptions().withModelColumns(scoring.encoding().names());
        ReadResult rows = new TableReader(reading).read(InputFile.source(data));
        rows.onDisk().ifPresent(what -> spec.commandLine().getErr().println("The rows of DATA are " + what));
        return reading(model, Fingerprint.of(rows.table()))
                .map(fields -> TableFitData.of(
                                rows,
                                Optional.empty(),
                                DataSettings.read(fields),
                                scoring.seed(),
                                Optional.of(scoring.encoding()))
                        .sets())
                .orElseGet(() -> List.of(new RowSet(
                        RowSet.Role.GIVEN,
                        rows.table(),
                        IntStream.rangeClosed(1, rows.table().rows()).toArray())));
    }

    private List<RowSet> sets(Model model, ImageModel scoring) throws IOException {
        source.requireForImages();
        ImageSet images = scoring.read(new ImageFile(data, source.array, Optional.empty()));
        int[] all = IntStream.range(0, images.count()).toArray();
        return reading(model, Fingerprint.of(images))
                .map(fields -> ImageFitData.of(
                                images,
                                Optional.empty(),
                                ImageSettings.read(fields),
                                scoring.encoding().seed())
                        .sets())
                .orElseGet(() -> List.of(ImageRowSets.of(RowSet.Role.GIVEN, images, all)));
    }

    /** How the training read and split its data, if this is the data. */
    private static Optional<Fields> reading(Model model, String fingerprint) {
        Fields provenance = Fields.of(model.provenance(), "provenance");
        if (!provenance.has(Provenance.DATA)) {
            return Optional.empty();
        }
        Fields fields = provenance.object(Provenance.DATA);
        return fields.string(Provenance.FINGERPRINT).equals(fingerprint)
                ? Optional.of(fields.object(Provenance.READING))
                : Optional.empty();
    }

    /** Other data would make another model. */
    private Optional<Reproduction> reproduction(Model model, List<RowSet> sets) {
        boolean isOther = sets.stream().anyMatch(set -> set.role() == RowSet.Role.GIVEN);
        return isOther ? Optional.empty() : FitCommandLine.of(model.provenance(), List.of(data), modelFile);
    }
}
