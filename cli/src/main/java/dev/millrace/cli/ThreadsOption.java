package dev.millrace.cli;

import java.util.Optional;
import picocli.CommandLine.Option;

/** How many threads compute. */
final class ThreadsOption {

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads to compute with (default: one for each processor). Does not change the result.")
    Optional<Integer> threads = Optional.empty();

    /** @throws CommandException if it is below 1 */
    int count() {
        int count = threads.orElse(Runtime.getRuntime().availableProcessors());
        if (count < 1) {
            throw CommandException.usage("--threads must be at least 1, not " + count);
        }
        return count;
    }
}
