package dev.millrace.cli;

import dev.millrace.report.LiveReport;
import dev.millrace.report.Reproduction;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.BindException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code millrace fit}. */
@Command(
        name = "fit",
        description = {
            "Fits a flow to tables of numbers, or to images, and writes the model to a file.",
            "",
            "A tenth of the rows decides when to stop, another tenth is held out for the final figure (unless --test"
                    + " gives a file of such rows, or there are fewer than 200). What you leave open is chosen by the"
                    + " size of the data. The same data, options and seed give the same model file, byte for byte,"
                    + " whatever the machine and the number of threads.",
            "",
            "Tables that would take more than a fourth of Java's heap stay on disk: an .npy file is read as its rows are"
                    + " needed, of others a binary copy is made, DATA.millrace-rows, which the next fit finds again. The"
                    + " heap is set with MILLRACE_JAVA_OPTS=-Xmx8g.",
            "",
            "Ctrl-C ends the training: the best model so far and a checkpoint are written, and the exit code is 130.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  millrace fit data.csv -o model.safetensors",
            "  millrace fit january.csv.gz february.csv.gz -o model.safetensors --exclude id,label",
            "  millrace fit train-images-idx3-ubyte.gz --test t10k-images-idx3-ubyte.gz -o digits.millrace",
            "  millrace fit photos.zip -o photos.millrace --preset realnvp --flip --max-time 8h",
            "  millrace fit two-moons --report moons.html",
            "  millrace fit train.npy --test test.npy -o model.safetensors --max-time 10m",
            "  millrace fit data.csv -o model.safetensors --resume model.safetensors.checkpoint"
        })
final class FitCommand implements Callable<Integer> {

    @Spec
    CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "DATA",
            description =
                    "Files with the rows: .csv, .tsv, .npy, .npz, text and .npy also gzipped; - for standard input; or"
                            + " images of one size: IDX (MNIST's format), .npy or .npz of uint8 with 3 or 4 dimensions,"
                            + " folders and zip archives of PNG and JPEG, CIFAR-10's .bin; or"
                            + " built-in data: two-moons, circles, spirals, checkerboard, eight-gaussians, pinwheel,"
                            + " rings, each also as NAME:ROWS:SEED.")
    List<String> data;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "MODEL",
            description = "File to write, in safetensors format (default, for built-in data: NAME.millrace).")
    Optional<Path> output = Optional.empty();

    @Option(names = "--test", paramLabel = "FILE", description = "Rows for the final figure, not used in training.")
    Optional<String> test = Optional.empty();

    @Mixin
    DataOptions dataOptions;

    @Mixin
    FlowOptions flowOptions;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Decides the split, the first weights, the order of rows and the noise (default: 1).")
    Optional<Long> seed = Optional.empty();

    @Mixin
    ThreadsOption threads;

    @Option(
            names = "--checkpoint",
            paramLabel = "FILE",
            description = "Where the state of the training is kept until it is complete (default: MODEL.checkpoint).")
    Optional<Path> checkpoint = Optional.empty();

    @Option(
            names = "--checkpoint-every",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "How often it is written, at the end of an epoch (default: 30s).")
    Duration checkpointEvery = Duration.ofSeconds(30);

    @Option(
            names = "--resume",
            paramLabel = "CHECKPOINT",
            description =
                    "Go on from a checkpoint, with its settings and the same DATA, to the same bits as without the"
                            + " interruption. Only --epochs and --max-time can be raised; --max-time counts anew.")
    Optional<Path> resume = Optional.empty();

    @Option(
            names = "--report",
            paramLabel = "HTML",
            description = "Write a page that shows what was learned: one file that needs no network.")
    Optional<Path> report = Optional.empty();

    @Option(
            names = "--live",
            description = "While it trains, show the report at an address of this machine, which is printed.")
    boolean live;

    @Option(
            names = "--live-port",
            paramLabel = "PORT",
            description = "Where --live listens, on 127.0.0.1 (default: any free port).")
    Optional<Integer> livePort = Optional.empty();

    @Option(names = "--json", description = "Print the result as one JSON object.")
    boolean json;

    @Override
    public Integer call() throws IOException {
        Path model = output.orElseGet(this::defaultOutput);
        Path checkpointFile = checkpoint.or(() -> resume).orElseGet(() -> Path.of(model + ".checkpoint"));
        requireSensible(model, checkpointFile);
        PrintWriter log = spec.commandLine().getErr();
        FitSession session = prepare(new FitSources(data, test, log), flowOptions.overrides());
        CheckpointKeeper keeper = new CheckpointKeeper(
                checkpointFile,
                session.encodingTree(),
                session.provenance(),
                checkpointEvery,
                resume.filter(checkpointFile::equals).isPresent(),
                log);
        try (FitReporting reporting = reporting(reproduction(session, model), log)) {
            return new FitRun(session, model, keeper, reporting, log)
                    .run(spec.commandLine().getOut(), json);
        }
    }

    private Path defaultOutput() {
        return Optional.of(data)
                .filter(given -> given.size() == 1)
                .flatMap(given -> BuiltInData.of(given.get(0)))
                .map(builtIn -> Path.of(builtIn.toy().id() + ".millrace"))
                .orElseThrow(
                        () -> new ParameterException(spec.commandLine(), "Missing required option: '--output=MODEL'"));
    }

    private FitReporting reporting(Optional<Reproduction> reproduction, PrintWriter log) throws IOException {
        return new FitReporting(data, reproduction, report, live ? Optional.of(startLive(log)) : Optional.empty());
    }

    /** As it was typed; but the checkpoint to go on from will be gone. */
    private Optional<Reproduction> reproduction(FitSession session, Path model) {
        if (resume.isPresent()) {
            return FitCommandLine.of(session.provenance(), data, model);
        }
        List<String> typed = new ArrayList<>(List.of("millrace"));
        typed.addAll(spec.commandLine().getParseResult().originalArgs());
        return Optional.of(new Reproduction(
                ShellText.of(typed), session.training().timeBudget().isEmpty()));
    }

    private LiveReport startLive(PrintWriter log) throws IOException {
        try {
            LiveReport page = LiveReport.start(String.join(", ", data), livePort.orElse(0));
            log.println("Watch it learn at " + page.address());
            log.flush();
            return page;
        } catch (BindException e) {
            throw CommandException.failure(
                    "--live-port " + livePort.orElse(0) + ": cannot listen there (" + e.getMessage()
                            + "); leave the option out to get a port that is free",
                    e);
        }
    }

    private FitSession prepare(FitSources sources, Overrides overrides) throws IOException {
        return resume.isPresent()
                ? new ResumedFit(resume.get(), sources, dataOptions, overrides, seed, threads.count()).prepare()
                : new FreshFit(sources, dataOptions, overrides, seed, threads.count()).prepare();
    }

    private void requireSensible(Path model, Path checkpointFile) throws IOException {
        List<String> inputs = new ArrayList<>(data);
        test.ifPresent(inputs::add);
        List<String> read = new ArrayList<>(inputs);
        resume.map(Path::toString).ifPresent(read::add);
        if (Collections.frequency(inputs, "-") > 1) {
            throw CommandException.usage("standard input (-) can be read only once");
        }
        new OutputFile(model).requireNotAmong(read).requireWritable();
        new OutputFile(checkpointFile).requireNotAmong(inputs).requireWritable();
        livePort.ifPresent(port -> {
            if (!live) {
                throw CommandException.usage("--live-port says where --live listens; give that too");
            }
            if (port < 0 || port > 65_535) {
                throw CommandException.usage("--live-port must be from 0 to 65535, not " + port);
            }
        });
        if (report.isPresent()) {
            new OutputFile(report.get())
                    .requireNotAmong(read)
                    .requireNot(model, "the report and the model")
                    .requireNot(checkpointFile, "the report and the checkpoint")
                    .requireWritable();
        }
        new OutputFile(model).requireNot(checkpointFile, "the checkpoint and the model");
    }
}
