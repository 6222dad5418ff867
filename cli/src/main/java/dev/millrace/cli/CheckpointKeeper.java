package dev.millrace.cli;

import dev.millrace.model.Checkpoint;
import dev.millrace.train.TrainingState;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Keeps a training's state in memory and, now and then, in a file. A state may be some epochs old: whichever epoch a
 * training goes on from, its result has the same bits.
 */
final class CheckpointKeeper {

    private static final long KEEP_EVERY = Duration.ofSeconds(1).toNanos();

    private final Path file;
    private final Map<String, Object> encoding;
    private final Map<String, Object> provenance;
    private final long writeEvery;
    private final PrintWriter log;
    private final long started = System.nanoTime();
    private TrainingState state;
    private long kept;
    private long written = started;
    private boolean owned;

    /**
     * A keeper.
     *
     * @param writeEvery how long between two writes at least
     * @param owned whether the file is this training's own already, because the training goes on from it
     */
    CheckpointKeeper(
            Path file,
            Map<String, Object> encoding,
            Map<String, Object> provenance,
            Duration writeEvery,
            boolean owned,
            PrintWriter log) {
        this.file = file;
        this.encoding = encoding;
        this.provenance = provenance;
        this.writeEvery = writeEvery.toNanos();
        this.owned = owned;
        this.log = log;
    }

    /** An epoch is done. */
    void offer(Supplier<TrainingState> offered) {
        long now = System.nanoTime();
        // A copy of the state is cheap compared with a second of training, not with a very short epoch.
        if (state == null || now - kept >= Math.min(KEEP_EVERY, writeEvery)) {
            state = offered.get();
            kept = now;
        }
        if (now - written >= writeEvery) {
            written = now;
            writeOrWarn();
        }
    }

    private void writeOrWarn() {
        try {
            write();
        } catch (IOException e) {
            // Better to lose a checkpoint than the training.
            log.println("warning: the checkpoint " + file + " cannot be written: " + Failure.describe(e));
        }
    }

    /**
     * Writes the last state kept.
     *
     * @return false if there is none, because no epoch has been completed
     */
    boolean write() throws IOException {
        if (state == null) {
            return owned;
        }
        new Checkpoint(state, encoding, provenance).write(file);
        owned = true;
        return true;
    }

    /** Deletes the file if it is this training's. */
    void delete() throws IOException {
        if (owned) {
            Files.deleteIfExists(file);
        }
    }

    Path file() {
        return file;
    }
}
