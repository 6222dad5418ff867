package dev.millrace.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Compares Millrace with other libraries: at each work, all programs take turns for several rounds. */
@Command(
        name = "bench/compare",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Runs the same work on Millrace and on other libraries, in turn.",
            "The first run installs the libraries into bench/.peers: some minutes and 6 GB, most of it PyTorch, whose "
                    + "wheels bring what a graphics card would need. What cannot be installed is named, and the rest runs."
        },
        footer = {
            "",
            "Exit code 0 if all went well, 1 if a cell failed or a flow of a peer is not ours, 2 for wrong usage.",
            "",
            "Examples:",
            "  bench/compare --quick",
            "  bench/compare --only train-realnvp-8,score --peers torch,nflows --rounds 9"
        })
public final class Compare implements Callable<Integer> {

    static final List<String> PEERS =
            List.of("torch", "torch-compile", "nflows", "zuko", "normflows", "jax", "flowjax");

    /** What all cells call the most memory they have had. */
    private static final String MEMORY = "peak memory, MB";

    private static final int MOST_THREADS = 2;
    private static final double QUICK_SECONDS = 0.2;

    @Option(names = "--quick", description = "One short round: whether everything runs, not how fast.")
    private boolean quick;

    @Option(names = "--only", split = ",", paramLabel = "WORK", description = "Works, or how their names begin.")
    private List<String> only = List.of("");

    @Option(names = "--peers", split = ",", paramLabel = "PEER", description = "Peers; all: ${DEFAULT-VALUE}.")
    private List<String> peers = new ArrayList<>(PEERS);

    @Option(names = "--rounds", paramLabel = "N", description = "Rounds: ${DEFAULT-VALUE}.")
    private int rounds = 3;

    @Option(names = "--seconds", paramLabel = "S", description = "That a rate is measured: ${DEFAULT-VALUE}.")
    private double seconds = 0.5;

    @Option(names = "--python", paramLabel = "FILE", description = "A Python that has the peers: installs nothing.")
    private Path python;

    @Option(names = "--list", description = "Names the works and does nothing.")
    private boolean list;

    @Option(names = "--home", paramLabel = "FOLDER", hidden = true, required = true)
    private Path home;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    private Path folder;
    private Results results;

    /** Runs and exits. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Compare()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (list) {
            Work.all().forEach(work -> System.out.println(work.name()));
            return 0;
        }
        List<Work> works = works();
        requireUsable();
        if (quick) {
            rounds = 1;
            seconds = QUICK_SECONDS;
        }
        List<Program> programs = programs();
        folder = home.resolve("target").resolve("compare");
        results = new Results(Machine.describe());
        if (!Files.isExecutable(python)) {
            peers.forEach(peer -> results.missing(peer, "there is no Python at " + python));
        }
        new Preparation(folder).write(works, quick);
        for (Work work : works) {
            if (work.kind().isFresh()) {
                for (int round = 0; round < rounds; round++) {
                    runFresh(work, programs, round);
                }
            } else {
                run(work, programs);
            }
            // After each, so that a run that is stopped leaves what it has.
            results.write(folder);
        }
        System.out.print(results.toMarkdown());
        System.err.println("also in " + folder + ": results.md, results.json, advantage.png");
        return results.failures().isEmpty() ? 0 : 1;
    }

    private List<Work> works() {
        for (String prefix : only) {
            if (Work.all().stream().noneMatch(work -> work.name().startsWith(prefix))) {
                throw new ParameterException(
                        spec.commandLine(), "no work begins with " + prefix + "; --list names them");
            }
        }
        return Work.all().stream()
                .filter(work -> only.stream().anyMatch(work.name()::startsWith))
                .toList();
    }

    private void requireUsable() {
        for (String peer : peers) {
            if (!PEERS.contains(peer)) {
                throw new ParameterException(
                        spec.commandLine(), "unknown peer " + peer + "; there are " + String.join(", ", PEERS));
            }
        }
        if (rounds < 1 || !(seconds > 0)) {
            throw new ParameterException(spec.commandLine(), "rounds and seconds must be above 0");
        }
        if (python != null && !Files.isExecutable(python)) {
            throw new ParameterException(spec.commandLine(), "no program at " + python);
        }
    }

    private List<Program> programs() throws IOException, InterruptedException {
        Path drivers = home.resolve("peers");
        if (python == null) {
            PeerFolder peerFolder = new PeerFolder(home.resolve(".peers"));
            peerFolder.install(drivers.resolve("requirements.txt"), peers);
            python = peerFolder.python();
        }
        List<Program> programs = new ArrayList<>(List.of(Program.millrace()));
        peers.forEach(peer -> programs.add(Program.peer(peer, python, drivers)));
        return programs;
    }

    /** All cells stay open, so that what compiles while it runs does so once. */
    private void run(Work work, List<Program> programs) throws InterruptedException {
        List<Cell> cells = new ArrayList<>();
        try {
            for (Program program : programs) {
                for (int threads : threads(work)) {
                    open(work, program, threads, cells);
                }
            }
            for (int round = 0; round < rounds; round++) {
                for (Cell cell : List.copyOf(cells)) {
                    if (!measure(work, cell, round)) {
                        cells.remove(cell);
                    }
                }
            }
        } finally {
            cells.forEach(Cell::close);
        }
    }

    /** What is measured begins with the process. */
    private void runFresh(Work work, List<Program> programs, int round) throws InterruptedException {
        for (Program program : programs) {
            for (int threads : threads(work)) {
                List<Cell> cells = new ArrayList<>();
                open(work, program, threads, cells);
                for (Cell cell : cells) {
                    measure(work, cell, round);
                    cell.close();
                }
            }
        }
    }

    private static int[] threads(Work work) {
        return work.kind().threads(Math.min(MOST_THREADS, Machine.processors())).toArray();
    }

    private void open(Work work, Program program, int threads, List<Cell> cells) throws InterruptedException {
        if (results.isMissing(program.name())) {
            return;
        }
        System.err.printf("%s: %s starts with threads %d%n", work.name(), program.name(), threads);
        Cell cell = null;
        boolean accepted = false;
        try {
            cell = program.start(work, threads, folder, seconds);
            accepted = results.accept(work, program.name(), cell.hello());
        } catch (IOException e) {
            fail(work, program.name(), threads, e);
        }
        if (accepted) {
            cells.add(cell);
        } else if (cell != null) {
            cell.close();
        }
    }

    private boolean measure(Work work, Cell cell, int round) throws InterruptedException {
        String program = cell.program().name();
        System.err.printf("%s: round %d, %s, threads %d%n", work.name(), round + 1, program, cell.threads());
        try {
            Map<String, Double> values = new LinkedHashMap<>(cell.measure());
            if (work.kind() == Work.Kind.START) {
                values.put("start to trained, s", cell.age());
            } else if (round > 0) {
                // It never falls, and what earlier rounds left behind is not the work's.
                values.remove(MEMORY);
            }
            results.add(new Observation(round, work.name(), program, cell.threads(), values));
            return true;
        } catch (IOException e) {
            fail(work, program, cell.threads(), e);
            return false;
        }
    }

    private void fail(Work work, String program, int threads, IOException e) {
        results.failed(work, program, threads, e.getMessage());
        System.err.println("failed: " + e.getMessage());
    }
}
