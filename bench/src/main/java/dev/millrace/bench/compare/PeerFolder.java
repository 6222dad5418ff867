package dev.millrace.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A folder of their own, in which the peers are installed: a virtual environment of Python. */
final class PeerFolder {

    private final Path folder;

    PeerFolder(Path folder) {
        this.folder = folder;
    }

    /** The Python that has the peers. */
    Path python() {
        return folder.resolve("bin").resolve("python");
    }

    /**
     * Installs peers that are not there yet, one by one: what cannot be had is named, and the rest goes on.
     *
     * @param requirements a file with a line for each peer: its name, then its packages
     * @param peers their names
     */
    void install(Path requirements, List<String> peers) throws IOException, InterruptedException {
        if (!Files.exists(python()) && !run(List.of("python3", "-m", "venv", folder.toString()))) {
            System.err.println("no peer can be installed: Python 3 with its module venv is needed");
            return;
        }
        for (String line : Files.readAllLines(requirements)) {
            List<String> words = Arrays.asList(line.strip().split("\\s+"));
            if (peers.contains(words.get(0))) {
                install(words.get(0), words.subList(1, words.size()));
            }
        }
    }

    private void install(String name, List<String> packages) throws IOException, InterruptedException {
        Path mark = folder.resolve(name + ".installed");
        String wanted = String.join(" ", packages);
        if (Files.exists(mark) && Files.readString(mark).equals(wanted)) {
            return;
        }
        System.err.println("installing " + name + ": " + wanted);
        List<String> command =
                new ArrayList<>(List.of(python().toString(), "-m", "pip", "install", "--quiet", "--no-cache-dir"));
        command.addAll(packages);
        if (run(command)) {
            Files.writeString(mark, wanted);
        } else {
            System.err.println("missing: " + name + " cannot be installed here");
        }
    }

    private static boolean run(List<String> command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            System.err.println(e.getMessage());
            return false;
        }
    }
}
