package dev.millrace.bench.compare;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What a run has found out so far. Not safe for several threads. */
final class Results {

    /**
     * A flow in a program.
     *
     * @param flow its name
     * @param program that has it
     * @param hello what the program said of it
     */
    record Entry(String flow, String program, Hello hello) {}

    private final String machine;
    private final Map<String, String> versions = new LinkedHashMap<>();
    private final Map<String, String> missing = new LinkedHashMap<>();
    private final Map<List<String>, Entry> flows = new LinkedHashMap<>();
    private final Set<String> failures = new LinkedHashSet<>();
    private final List<Observation> observations = new ArrayList<>();

    Results(String machine) {
        this.machine = machine;
    }

    /**
     * Takes in who a program says it is.
     *
     * @return whether it shall measure: it is there, has such a flow, and that flow is ours
     */
    boolean accept(Work work, String program, Hello hello) {
        if (hello.missing() != null) {
            missing(program, hello.missing());
            return false;
        }
        if (hello.inapplicable()) {
            return false;
        }
        versions.put(program, hello.version());
        String flow = work.subject().id();
        if (hello.parity() != null || program.equals(Program.MILLRACE)) {
            flows.putIfAbsent(List.of(flow, program), new Entry(flow, program, hello));
        }
        Entry ours = flows.get(List.of(flow, Program.MILLRACE));
        if (ours != null && ours.hello().parameters() != hello.parameters()) {
            failures.add(program + " is left out of " + work.name() + ": its flow has " + hello.parameters()
                    + " parameters, not " + ours.hello().parameters());
            return false;
        }
        int entries = work.subject().dimension();
        if (hello.parity() != null && !hello.parity().holds(entries)) {
            failures.add(program + " is left out of " + work.name()
                    + ": it gives a row another log-density than our model, off by "
                    + hello.parity().worst() + " nats where " + Hello.Parity.tolerance(entries) + " is allowed");
            return false;
        }
        return true;
    }

    void add(Observation observation) {
        Map<String, Double> values = new LinkedHashMap<>(observation.values());
        values.values().removeIf(Objects::isNull);
        observations.add(new Observation(
                observation.round(), observation.work(), observation.program(), observation.threads(), values));
    }

    /** A cell that failed: the others go on. */
    void failed(Work work, String program, int threads, String why) {
        failures.add(program + " failed at " + work.name() + " with threads " + threads + ": " + why);
    }

    /** A program that cannot run here. */
    void missing(String program, String why) {
        missing.put(program, why);
    }

    boolean isMissing(String program) {
        return missing.containsKey(program);
    }

    /** Problems that were met, in words. */
    Set<String> failures() {
        return failures;
    }

    /** Writes a table, a picture, and everything as JSON. */
    void write(Path folder) throws IOException {
        Files.writeString(folder.resolve("results.md"), toMarkdown());
        new ObjectMapper()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .writeValue(folder.resolve("results.json").toFile(), toTree());
        AdvantageChart.write(Comparison.of(observations), folder.resolve("advantage.png"));
    }

    private Map<String, Object> toTree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("machine", machine);
        tree.put("versions", versions);
        tree.put("missing", missing);
        tree.put("failures", failures);
        tree.put("flows", flows.values());
        tree.put("observations", observations);
        return tree;
    }

    String toMarkdown() {
        return new Markdown()
                .programs(machine, versions, missing, failures)
                .parity(flows.values())
                .measures(Comparison.of(observations))
                .toString();
    }
}
